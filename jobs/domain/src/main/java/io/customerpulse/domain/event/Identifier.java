package io.customerpulse.domain.event;

/**
 * One identifier of a person.
 *
 * @param scope the app id of an openid, empty for every other kind
 */
public record Identifier(IdentifierKind kind, String scope, String value) {}
