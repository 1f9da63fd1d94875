package io.customerpulse.behavior.avro;

import io.customerpulse.domain.rfm.CutPoints;
import io.customerpulse.domain.rfm.Cuts;
import io.customerpulse.schemas.RfmCutPointsRecord;
import java.util.List;

/** Cuts and the records of topic rfm-cut-points, both ways. */
public final class CutPointsRecords {
  private static final char JOINT = ':';

  private CutPointsRecords() {}

  static String key(String tenantId, String version) {
    return tenantId + JOINT + version;
  }

  /** The tenant in the key of a midnight's cuts. */
  public static String tenantOf(String key) {
    return key.substring(0, key.lastIndexOf(JOINT));
  }

  /** The version in the key of a midnight's cuts. */
  public static String versionOf(String key) {
    return key.substring(key.lastIndexOf(JOINT) + 1);
  }

  static RfmCutPointsRecord toAvro(CutPoints points) {
    Cuts cuts = points.cuts();
    return new RfmCutPointsRecord(
        points.tenantId(),
        cuts.version(),
        points.takenAt(),
        points.effectiveAt(),
        cuts.recencyDays(),
        cuts.frequency(),
        cuts.monetaryMinor());
  }

  public static CutPoints fromAvro(RfmCutPointsRecord record) {
    return new CutPoints(
        record.getTenantId(),
        record.getTakenAt(),
        record.getEffectiveAt(),
        new Cuts(
            record.getVersion(),
            List.copyOf(record.getRecencyDays()),
            List.copyOf(record.getFrequency()),
            List.copyOf(record.getMonetaryMinor())));
  }
}
