/** Carries keyed state to whoever decides, and back: the engine's half of every decision. */
package io.customerpulse.runtime.keyedlogic;
