package peer;

/** Collective and writing time of one person in one week: minutes asked, and tenths for each one missing. */
public final class Quota {
    final int collective;
    final int writing;
    final int collectiveTenths;
    final int writingTenths;
    /** Minutes that could be written in with nothing else to do. */
    int base;

    Quota(int collective, int writing, int collectiveTenths, int writingTenths) {
        this.collective = collective;
        this.writing = writing;
        this.collectiveTenths = collectiveTenths;
        this.writingTenths = writingTenths;
    }

    /** What is missing once some writable minutes are lost, some of them to collective time. */
    int shortfall(int lost, int held) {
        int left = Math.max(0, base - lost);
        int wanted = Math.max(0, collective - held);
        int kept = Math.min(left, wanted);
        int written = Math.min(writing, left - kept);
        return collectiveTenths * (wanted - kept) + writingTenths * (writing - written);
    }
}
