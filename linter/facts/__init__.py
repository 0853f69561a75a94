"""The vocabulary: what one file says, as plain, frozen, serialisable records, a pure function of its bytes."""
