import CCurl

// What is done with the files that somebody else puts into a folder.
extension SFTPSession {
  /// The names of the files in a folder, in the order of their bytes: no folders, no links, nothing below. A list of more than
  /// `limit` bytes is `tooLarge`.
  package func files(in folder: SFTPPath, limit: Int) throws(SFTPError) -> [String] {
    let names = try list(folder, limit: limit) { $0.set(CURLOPT_DIRLISTONLY, 1) }
    let lines = try list(folder, limit: limit) { _ in }
    guard let listing = SFTPListing(names: names, lines: lines) else {
      throw SFTPError(.invalid, "the server's list of the folder does not say what is a file")
    }
    return listing.files
  }

  /// What the server tells of a file, or of what a link leads to.
  package func status(of path: SFTPPath) throws(SFTPError) -> SFTPFile {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    try perform(path, transfer) { setter in
      setter.set(CURLOPT_NOBODY, 1)
      setter.set(CURLOPT_FILETIME, 1)
    }
    // libcurl tells no length of an empty file.
    let size = max(0, Int(lt_curl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)))
    return SFTPFile(size: size, modified: lt_curl_get_long(easy, CURLINFO_FILETIME))
  }

  /// Gives a file another name, in another folder of the same disk as well. Nothing is overwritten where the server keeps to
  /// the protocol: `renameRefused` where the name is taken, where there is no such folder, or no such file.
  package func move(_ path: SFTPPath, to other: SFTPPath) throws(SFTPError) {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    try command("rename \(path) \(other)", in: path, transfer)
  }

  private func list(
    _ folder: SFTPPath, limit: Int, _ configure: (inout Setter) -> Void
  ) throws(SFTPError) -> [UInt8] {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    transfer.limit = limit
    // The slash by which libcurl knows a folder.
    try perform("\(folder)/", transfer, configure)
    return transfer.received
  }
}
