package import DocumentKit
import FileKit

extension SpaceRule.Room {
  /// The room that a site has now. `reusable` is asked only where the file system alone has too little.
  init(of site: Site, isDatabaseFull: Bool = false, reusable: () -> Int) {
    let folders = [site.dataFolder, site.dataFolder + "/" + Site.filesName] + site.intake.watchedFolders
    // A folder that is not there yet has no file system to ask.
    let free = folders.compactMap(FileSystemRoom.free).min() ?? .max
    // What is free inside the store's file is of no use to a server's disk, nor to files.
    let isFile = site.server == nil
    self.init(
      free: free, reusable: isFile && free < site.intake.space.reopeningBytes ? reusable() : 0,
      isDatabaseFull: isDatabaseFull)
  }
}

extension Site {
  /// What an operator is told when there is too little room for new messages; nil while there is enough. The gateway itself
  /// opens again a little later than this says (`SpaceLimits.reopeningShare`).
  package func spaceWarning(reusable: () -> Int) -> Sentence? {
    var rule = SpaceRule(intake.space)
    let room = SpaceRule.Room(of: self, reusable: reusable)
    guard rule.judge(room) else { return nil }
    let (free, reusable) = (room.free >> 20, room.reusable >> 20)
    let reserve = intake.space.reserveBytes >> 20
    return Sentence(
      "new messages are answered 503: \(free) MiB are free on the disk and \(reusable) MiB in the store's file, the reserve is "
        + "\(reserve) MiB; free some space, shorten `retention`, or lower `intake.reserve` in gateway.yaml",
      "bản tin mới bị trả lời 503: ổ đĩa còn trống \(free) MiB và tệp của kho còn trống \(reusable) MiB, mức dự trữ là "
        + "\(reserve) MiB; hãy giải phóng ổ đĩa, rút ngắn `retention`, hoặc giảm `intake.reserve` trong gateway.yaml")
  }
}
