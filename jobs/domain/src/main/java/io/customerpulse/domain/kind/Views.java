package io.customerpulse.domain.kind;

import io.customerpulse.domain.episode.FieldReader;
import io.customerpulse.domain.episode.FieldWriter;
import io.customerpulse.domain.episode.MemoryForm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which products a customer has looked at lately: at most {@value #PRODUCT_LIMIT} products, of each
 * at most {@value #VIEW_LIMIT} views. The least recently viewed product and the oldest view go
 * first.
 *
 * @param products the least recently viewed first
 */
public record Views(List<ProductViews> products) {
  public static final int PRODUCT_LIMIT = 20;
  public static final int VIEW_LIMIT = 50;
  public static final Views NONE = new Views(List.of());

  /**
   * The views of one product.
   *
   * @param views the oldest first, at least one
   */
  public record ProductViews(String productId, List<View> views) {
    private Instant lastAt() {
      return views.get(views.size() - 1).at();
    }
  }

  /**
   * One view.
   *
   * @param session a hash of the session's id; 0 where none was sent, which counts as one session
   */
  public record View(Instant at, int session) {}

  /** How they are stored. */
  enum Form implements MemoryForm<Views> {
    INSTANCE;

    @Override
    public Views empty() {
      return NONE;
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public void write(Views views, FieldWriter out) throws IOException {
      out.list(views.products(), Form::writeProduct);
    }

    private static void writeProduct(ProductViews product, FieldWriter out) throws IOException {
      out.text(product.productId());
      out.list(
          product.views(),
          (view, each) -> {
            each.instant(view.at());
            each.number(view.session());
          });
    }

    @Override
    public Views read(int version, FieldReader in) throws IOException {
      return new Views(in.list(Form::readProduct));
    }

    private static ProductViews readProduct(FieldReader in) throws IOException {
      return new ProductViews(
          in.text(), in.list(each -> new View(each.instant(), (int) each.number())));
    }
  }

  /**
   * What a view did.
   *
   * @param dropped views and products over the limits
   */
  record Change(Views next, int dropped) {}

  /**
   * One more view, and without those that are older than a window that ends with the newest.
   *
   * @param awaited products that something still waits for → the view that it rests on: theirs are
   *     older only than a window that ends with that
   */
  Change with(
      String productId,
      String sessionId,
      Instant at,
      Duration window,
      Map<String, Instant> awaited) {
    View view = new View(at, sessionId == null ? 0 : sessionId.hashCode());
    List<ProductViews> next = new ArrayList<>(products.size() + 1);
    List<View> views = new ArrayList<>();
    Instant newest = at;
    for (ProductViews product : products) {
      newest = product.lastAt().isAfter(newest) ? product.lastAt() : newest;
    }
    for (ProductViews product : products) {
      Instant from = awaited.getOrDefault(product.productId(), newest).minus(window);
      List<View> kept = product.views().stream().filter(v -> v.at().isAfter(from)).toList();
      if (product.productId().equals(productId)) {
        views.addAll(kept);
      } else if (!kept.isEmpty()) {
        next.add(new ProductViews(product.productId(), kept));
      }
    }
    int place = views.size();
    while (place > 0 && views.get(place - 1).at().isAfter(at)) {
      place--;
    }
    views.add(place, view);
    int dropped = 0;
    if (views.size() > VIEW_LIMIT) {
      views.remove(0);
      dropped++;
    }
    ProductViews product = new ProductViews(productId, List.copyOf(views));
    int rank = next.size();
    while (rank > 0 && next.get(rank - 1).lastAt().isAfter(product.lastAt())) {
      rank--;
    }
    next.add(rank, product);
    if (next.size() > PRODUCT_LIMIT) {
      next.remove(0);
      dropped++;
    }
    return new Change(new Views(List.copyOf(next)), dropped);
  }

  /** The views of a product; none where none is known. */
  List<View> of(String productId) {
    for (ProductViews product : products) {
      if (product.productId().equals(productId)) {
        return product.views();
      }
    }
    return List.of();
  }

  /** Those in the window that ends at an instant. */
  static List<View> within(List<View> views, Duration window, Instant at) {
    Instant from = at.minus(window);
    return views.stream()
        .filter(view -> view.at().isAfter(from) && !view.at().isAfter(at))
        .toList();
  }
}
