package io.customerpulse.lab.simulator;

/**
 * What an event number tells.
 *
 * @param visit the visit it belongs to, or of which it is a late consequence
 * @param session 0 for the visit itself, then one number per follow-up
 */
record SimulatedAction(Visit visit, Step step, int session) {}
