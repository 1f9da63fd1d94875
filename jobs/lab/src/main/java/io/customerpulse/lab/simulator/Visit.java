package io.customerpulse.lab.simulator;

/** One customer in one mini-program for some minutes. */
record Visit(long number, Customer customer, int app, Storyline storyline) {}
