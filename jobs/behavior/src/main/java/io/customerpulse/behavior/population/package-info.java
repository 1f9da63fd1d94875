/** From customers that move within the population to the cuts between their scores. */
package io.customerpulse.behavior.population;
