/** From clean events to what customers bring about: the second half of the streaming job. */
package io.customerpulse.behavior.customer;
