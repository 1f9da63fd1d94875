/**
 * The topics as tables that analysts query: a job of its own, so that a slow warehouse delays no
 * trigger.
 */
package io.customerpulse.tables;
