package import DossierStore
import ServiceKit

/// What a site says of the messages it takes in: `intake` in `gateway.yaml`.
package struct SiteIntakeSettings: Sendable {
  package var space: SpaceLimits
  /// Folders, beside the site's own, on whose disks the same room has to be left: where a database server on this
  /// machine keeps its data.
  package var watchedFolders: [String]
  /// Changes and bytes that may wait for the disk.
  package var waiting: StoreLimits
}

extension SiteIntakeSettings {
  /// `top`: the file `gateway.yaml`.
  init(reading top: ConfigurationSection) {
    let intake = top.section("intake")
    var space = SpaceLimits()
    space.reserveBytes = intake.byteCount("reserve", in: 0...(1 << 50), default: space.reserveBytes)
    self.space = space
    watchedFolders = intake.paths("watch", default: [])
    var waiting = StoreLimits()
    waiting.waitingChanges = intake.integer("waiting", in: 1...1_000_000, default: waiting.waitingChanges)
    waiting.waitingBytes = intake.byteCount("waitingBytes", in: 1...(1 << 40), default: waiting.waitingBytes)
    self.waiting = waiting
  }
}
