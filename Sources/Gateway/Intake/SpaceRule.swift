/// Decides whether new messages are taken, by the room that is left: a state machine without effects.
struct SpaceRule: Sendable {
  /// The room at one moment.
  struct Room: Sendable, Equatable {
    /// Free in the file system that has least, in bytes.
    var free: Int
    /// Pages inside the store's own file that new messages can take, in bytes.
    var reusable = 0
    /// The database has just said that its disk is full.
    var isDatabaseFull = false
  }

  private let limits: SpaceLimits
  private(set) var isOpen = true

  init(_ limits: SpaceLimits) { self.limits = limits }

  /// True when this changed something.
  mutating func judge(_ room: Room) -> Bool {
    let wanted = isOpen ? limits.reserveBytes : limits.reopeningBytes
    let log = min(limits.logBytes, limits.reserveBytes)
    let (all, isTooMuch) = room.free.addingReportingOverflow(room.reusable)
    let isEnough = (isTooMuch || all >= wanted) && room.free >= log && !room.isDatabaseFull
    defer { isOpen = isEnough }
    return isOpen != isEnough
  }
}
