package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A picture on a page.
 *
 * @param caption what it shows
 * @param description the same for people who do not see it, with the numbers that matter
 * @param plot for Plotly
 * @param height in CSS pixels
 */
record Picture(String caption, String description, ObjectNode plot, int height) {}
