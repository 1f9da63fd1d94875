/**
 * How values travel between operators and rest in state: compact binary forms written by hand, each
 * with a version, so that what an old release has written stays readable for good.
 */
package io.customerpulse.behavior.codecs;
