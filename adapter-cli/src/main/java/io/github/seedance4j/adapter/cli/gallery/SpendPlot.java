package io.github.seedance4j.adapter.cli.gallery;

import io.github.seedance4j.adapter.cli.gallery.SpendCurve.Step;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Draws what was spent: a staircase over time, and the cap as a line. */
final class SpendPlot {

  /** A cap so many times higher than all that was spent would leave nothing to be seen. */
  private static final BigDecimal FAR = BigDecimal.valueOf(6);

  private static final BigDecimal CENT = new BigDecimal("0.01");

  private final SpendCurve curve;
  private final TimeAxis time;
  private final Axis money;
  private final boolean capFits;

  SpendPlot(SpendCurve curve) {
    this.curve = curve;
    this.time = new TimeAxis(curve.begin(), curve.end());
    BigDecimal peak = curve.peak();
    BigDecimal cap = curve.cap();
    capFits = cap != null && (cap.compareTo(peak.multiply(FAR)) <= 0 || peak.signum() == 0);
    this.money = Axis.upTo(capFits && cap != null ? cap.max(peak) : peak, CENT);
  }

  String title() {
    return curve.per().isEmpty()
        ? "Spending over time"
        : "Spending within each " + curve.per().replace("per ", "");
  }

  /** All that the drawing says, in words. */
  String alternative() {
    String counted = cents(curve.last().counted()) + " " + curve.currency();
    String unsure =
        curve.last().counted().compareTo(curve.last().known()) > 0
            ? ", of which "
                + cents(curve.last().counted().subtract(curve.last().known()))
                + " is held or unconfirmed"
            : "";
    return counted
        + " counted"
        + (curve.per().isEmpty() ? "" : " in the latest " + curve.per().replace("per ", ""))
        + " by "
        + TimeAxis.day(curve.end())
        + unsure
        + (curve.cap() == null
            ? "."
            : "; the cap is "
                + cents(curve.cap())
                + " "
                + curve.currency()
                + (curve.per().isEmpty() ? "" : " " + curve.per())
                + ".");
  }

  void draw(Html html) {
    Frame frame = Frame.open(html, "spending", title(), alternative());
    frame.upwards(money, curve.currency());
    time.marks().forEach(mark -> frame.markBelow(Frame.x(time.share(mark.at())), mark.label()));
    frame.nameBelow(time.name());
    frame.path("unsure", area(true));
    frame.path("sure", area(false));
    frame.path("edge", stairs(true, "M"));
    frame.dot("edge-end", Frame.RIGHT, Frame.y(money.share(curve.last().counted())));
    cap(frame);
    frame.close();
  }

  private void cap(Frame frame) {
    BigDecimal cap = curve.cap();
    if (cap == null) {
      return;
    }
    String name = "cap " + cents(cap);
    if (capFits) {
      double y = Frame.y(money.share(cap));
      frame.line("cap", Frame.LEFT, y, Frame.RIGHT, y);
      frame.text("start on-cap", name, Frame.LEFT + 5, y - 5);
    } else {
      frame.text("end on-cap", name + " is above ↑", Frame.RIGHT, 14);
    }
  }

  private String area(boolean all) {
    return stairs(all, "M" + Frame.at(Frame.LEFT, Frame.BOTTOM) + "L")
        + "L"
        + Frame.at(Frame.RIGHT, Frame.BOTTOM)
        + "Z";
  }

  private String stairs(boolean all, String move) {
    StringBuilder path = new StringBuilder(move);
    double y = Frame.BOTTOM;
    boolean first = true;
    for (Step step : curve.steps()) {
      double x = Frame.x(time.share(step.at()));
      double next = Frame.y(money.share(all ? step.counted() : step.known()));
      if (first) {
        path.append(Frame.at(x, next));
      } else {
        path.append('L').append(Frame.at(x, y)).append('L').append(Frame.at(x, next));
      }
      first = false;
      y = next;
    }
    return path.append('L').append(Frame.at(Frame.RIGHT, y)).toString();
  }

  private static String cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.CEILING).toPlainString();
  }
}
