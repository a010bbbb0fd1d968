import CCurl

/// One transfer: what goes and comes, and what its failure means. Belongs to the thread that performs it.
final class SFTPTransfer {
  private let hostKeys: Set<SFTPFingerprint>
  private let cancelled: CancelFlag
  var upload: [UInt8] = []
  var limit = 0
  private(set) var received: [UInt8] = []

  private var sent = 0
  private var refusedKey: SFTPFingerprint?
  private var isTooLarge = false

  init(hostKeys: Set<SFTPFingerprint>, cancelled: CancelFlag) {
    self.hostKeys = hostKeys
    self.cancelled = cancelled
  }

  var isCancelled: Bool { cancelled.isSet }

  func accepts(hostKey key: [UInt8]) -> Bool {
    let shown = SFTPFingerprint(ofKey: key)
    guard !hostKeys.contains(shown) else { return true }
    refusedKey = shown
    return false
  }

  func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard piece.count <= limit - received.count else {
      isTooLarge = true
      return false
    }
    received.append(contentsOf: piece)
    return true
  }

  func send(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, upload.count - sent)
    guard count > 0 else { return 0 }
    upload[sent..<(sent + count)].withUnsafeBytes { buffer.copyMemory(from: $0) }
    sent += count
    return count
  }

  func error(_ code: CURLcode) -> SFTPError {
    let text = String(cString: curl_easy_strerror(code))
    if let refusedKey {
      return SFTPError(.hostKey, "the server shows the host key \(refusedKey), which is none of those it is known by")
    }
    if isTooLarge { return SFTPError(.tooLarge, "what came has more than \(limit) bytes") }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return SFTPError(.resolve, text)
    case CURLE_COULDNT_CONNECT: return SFTPError(.connect, text)
    case CURLE_PEER_FAILED_VERIFICATION: return SFTPError(.hostKey, text)
    case CURLE_LOGIN_DENIED: return SFTPError(.authentication, text)
    case CURLE_OPERATION_TIMEDOUT: return SFTPError(sent > 0 ? .timeoutAfterSend : .timeoutBeforeSend, text)
    case CURLE_REMOTE_FILE_NOT_FOUND: return SFTPError(.notFound, text)
    case CURLE_REMOTE_ACCESS_DENIED: return SFTPError(.denied, text)
    case CURLE_REMOTE_DISK_FULL: return SFTPError(.full, text)
    case CURLE_QUOTE_ERROR: return SFTPError(.renameRefused, text)
    case CURLE_ABORTED_BY_CALLBACK: return SFTPError(.cancelled, text)
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: return SFTPError(.invalid, text)
    default: return SFTPError(sent > 0 ? .broken : .connect, text)
    }
  }
}
