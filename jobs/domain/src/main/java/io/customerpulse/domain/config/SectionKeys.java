package io.customerpulse.domain.config;

import java.util.List;

/**
 * The keys of one section of a document, in the order of the reference.
 *
 * @param path of the section, with dots between the names; empty for the root
 */
public record SectionKeys(String path, List<Key<?>> keys) {

  public static SectionKeys of(String path, Key<?>... keys) {
    return new SectionKeys(path, List.of(keys));
  }

  /** The section as it stands below the one that it is in. */
  public Section in(Section parent) {
    return parent.section(path.substring(path.lastIndexOf('.') + 1));
  }
}
