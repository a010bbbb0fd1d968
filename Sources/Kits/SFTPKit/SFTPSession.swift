import CCurl
import Glibc
import Synchronization

/// A connection to an SFTP server, kept from one use to the next; belongs to one thread, which it holds.
///
/// On libcurl and libssh2. The host key is compared before anything about us is told; proxies of the environment, agents and
/// keys of the home folder are not used.
package final class SFTPSession {
  /// What became of a file that was to be put under a name.
  package enum Placing: Sendable, Equatable {
    case placed
    /// The very bytes stood there already.
    case wasThere
    /// Other bytes stand there; they were left alone.
    case taken
  }

  let account: SFTPAccount
  let easy: UnsafeMutableRawPointer
  private let key: PrivateKeyFile?
  /// Set from any thread: ends what is under way, and everything after it, as cancelled.
  let cancelled: CancelFlag
  private let watch = SocketWatch()

  /// How much later than its own timeouts a use may end before its connection is shut down.
  private static let grace = Duration.seconds(1)

  package init(_ account: SFTPAccount, cancelled: CancelFlag = CancelFlag()) throws(SFTPError) {
    guard curlIsReady, let easy = curl_easy_init() else { throw SFTPError(.invalid, "libcurl cannot be set up") }
    self.easy = easy
    self.account = account
    self.cancelled = cancelled
    if case .key(let bytes) = account.credential {
      key = PrivateKeyFile(bytes)
    } else {
      key = nil
    }
    watch.start()
  }

  deinit {
    // Taking the connection down is a use as well.
    watch.expect(within: Self.grace)
    curl_easy_cleanup(easy)
    watch.stop()
  }

  // MARK: Doing

  /// Writes a file under a name of its own and renames it, so that nobody ever sees half of it under `path`. Nothing is
  /// overwritten: where the name is taken, what stands there is compared.
  ///
  /// When the answer to the renaming is lost, a look at what stands there decides; only when that fails too does the error
  /// say that bytes were sent (`timeoutAfterSend`, `broken`), and the same call again is right whatever happened.
  package func put(_ bytes: [UInt8], at path: SFTPPath) throws(SFTPError) -> Placing {
    guard let temporary = path.temporary else { throw SFTPError(.invalid, "the file's name is too long") }
    do throws(SFTPError) {
      try upload(bytes, to: temporary, thenNamed: path)
      return .placed
    } catch {
      switch error.code {
      case .renameRefused:
        let found = try standing(at: path, besides: bytes)
        try? remove(temporary)
        switch found {
        case .same: return .wasThere
        case .other: return .taken
        // The server refuses the name for a reason of its own.
        case .nothing: throw error
        }
      case .timeoutAfterSend, .broken:
        // Where the look fails as well, the first error stands.
        guard let found = try? standing(at: path, besides: bytes) else { throw error }
        if found == .same { return .placed }
        throw SFTPError(.notTaken, "the server did not take the file: \(error.message)")
      default: throw error
      }
    }
  }

  /// A file's bytes; `tooLarge` beyond `limit`.
  package func get(_ path: SFTPPath, limit: Int) throws(SFTPError) -> [UInt8] {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    transfer.limit = limit
    try perform(path, transfer) { _ in }
    return transfer.received
  }

  package func remove(_ path: SFTPPath) throws(SFTPError) {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    do throws(SFTPError) {
      try command("rm \(path)", in: path, transfer)
    } catch {
      guard error.code == .renameRefused else { throw error }
      throw SFTPError(.notFound, "there is no such file, or it cannot be removed")
    }
  }

  private enum Standing {
    case nothing
    case same
    case other
  }

  /// What stands under a name, compared with what should.
  private func standing(at path: SFTPPath, besides bytes: [UInt8]) throws(SFTPError) -> Standing {
    do throws(SFTPError) {
      return try get(path, limit: bytes.count) == bytes ? .same : .other
    } catch {
      switch error.code {
      case .notFound: return .nothing
      case .tooLarge: return .other
      default: throw error
      }
    }
  }

  private func upload(_ bytes: [UInt8], to temporary: SFTPPath, thenNamed path: SFTPPath) throws(SFTPError) {
    let transfer = SFTPTransfer(hostKeys: account.hostKeys, cancelled: cancelled)
    transfer.upload = bytes
    let commands = curl_slist_append(nil, "rename \(temporary) \(path)")
    defer { curl_slist_free_all(commands) }
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    try perform(temporary, transfer) { setter in
      setter.set(CURLOPT_UPLOAD, 1)
      setter.note(lt_curl_set_offset(setter.easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes.count)))
      setter.note(lt_curl_set_receiver(setter.easy, CURLOPT_READFUNCTION, sendPiece))
      setter.note(lt_curl_set_pointer(setter.easy, CURLOPT_READDATA, context))
      setter.note(lt_curl_set_list(setter.easy, CURLOPT_POSTQUOTE, commands))
    }
  }

  // MARK: libcurl

  /// One of libcurl's commands about a file of a folder. Paths in it have no quotes: libcurl knows the home folder only in those
  /// without, and nothing in a path is special to it.
  func command(_ text: String, in path: SFTPPath, _ transfer: SFTPTransfer) throws(SFTPError) {
    let commands = curl_slist_append(nil, text)
    defer { curl_slist_free_all(commands) }
    // Of a folder, without its list, libcurl does nothing but the commands.
    try perform(path.folder, transfer) { setter in
      setter.note(lt_curl_set_list(setter.easy, CURLOPT_QUOTE, commands))
      setter.set(CURLOPT_NOBODY, 1)
    }
  }

  struct Setter {
    let easy: UnsafeMutableRawPointer
    var firstError: CURLcode?

    mutating func note(_ code: CURLcode) { if code != CURLE_OK, firstError == nil { firstError = code } }
    mutating func set(_ option: CURLoption, _ value: Int) { note(lt_curl_set_long(easy, option, value)) }
    mutating func set(_ option: CURLoption, _ value: String) { note(lt_curl_set_string(easy, option, value)) }
  }

  func perform(
    _ path: some CustomStringConvertible, _ transfer: SFTPTransfer, _ configure: (inout Setter) -> Void
  ) throws(SFTPError) {
    guard !cancelled.isSet else { throw SFTPError(.cancelled, "the transfer was cancelled before it began") }
    // The connection outlives this, the options do not.
    curl_easy_reset(easy)
    var setter = Setter(easy: easy)
    let host = account.host.contains(":") ? "[\(account.host)]" : account.host
    setter.set(CURLOPT_URL, "sftp://\(host):\(account.port)\(path)")
    setter.set(CURLOPT_PROTOCOLS_STR, "sftp")
    setter.set(CURLOPT_PROXY, "")
    setter.set(CURLOPT_NOSIGNAL, 1)
    setter.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(account.connectTimeout))
    setter.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(account.wholeTimeout))
    setter.set(CURLOPT_USERNAME, account.user)
    switch account.credential {
    case .password(let bytes):
      setter.set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD))
      setter.set(CURLOPT_PASSWORD, String(decoding: bytes, as: UTF8.self))
    case .key:
      guard let key else { throw SFTPError(.invalid, "memory is short for the key") }
      setter.set(CURLOPT_SSH_AUTH_TYPES, Int(CURLSSH_AUTH_PUBLICKEY))
      setter.set(CURLOPT_SSH_PRIVATE_KEYFILE, key.path)
      // Made from the private one.
      setter.set(CURLOPT_SSH_PUBLIC_KEYFILE, "")
    }
    // The transfer lives until this function returns, and libcurl calls back only meanwhile.
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    setter.note(lt_curl_set_host_key_judge(easy, judgeHostKey))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_SSH_HOSTKEYDATA, context))
    setter.note(lt_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receivePiece))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
    setter.note(lt_curl_set_progress(easy, lookAtFlag))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_XFERINFODATA, context))
    setter.set(CURLOPT_NOPROGRESS, 0)
    let watcher = Unmanaged.passUnretained(watch).toOpaque()
    setter.note(lt_curl_set_socket_watcher(easy, socketOpened))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_SOCKOPTDATA, watcher))
    setter.note(lt_curl_set_socket_closer(easy, closeSocket))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_CLOSESOCKETDATA, watcher))
    configure(&setter)
    if let refused = setter.firstError { throw SFTPError(.invalid, String(cString: curl_easy_strerror(refused))) }
    watch.expect(within: account.wholeTimeout + Self.grace)
    let code = curl_easy_perform(easy)
    watch.expect(within: nil)
    guard code == CURLE_OK else { throw transfer.error(code) }
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    let (seconds, attoseconds) = duration.components
    let whole = seconds.multipliedReportingOverflow(by: 1_000)
    guard !whole.overflow else { return Int(Int32.max) }
    return Int(min(max(1, whole.partialValue + attoseconds / 1_000_000_000_000_000), Int64(Int32.max)))
  }
}

/// Says from any thread that transfers are to end.
package final class CancelFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}
  package var isSet: Bool { flag.load(ordering: .acquiring) }
  package func set() { flag.store(true, ordering: .releasing) }
}

/// Whether libcurl's global state is set up, which happens once, on whichever thread asks first.
private let curlIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

// What libcurl calls: functions at file level, so that they belong to no actor.

private func transfer(_ context: UnsafeMutableRawPointer?) -> SFTPTransfer {
  Unmanaged<SFTPTransfer>.fromOpaque(context!).takeUnretainedValue()
}

// The watch lives as long as the session, which takes its connections with it.
private func socketOpened(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t, _ purpose: curlsocktype)
  -> Int32
{
  Unmanaged<SocketWatch>.fromOpaque(context!).takeUnretainedValue().opened(socket)
  return CURL_SOCKOPT_OK
}

private func closeSocket(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> Int32 {
  Unmanaged<SocketWatch>.fromOpaque(context!).takeUnretainedValue().closes(socket)
  return close(socket)
}

private func judgeHostKey(
  _ context: UnsafeMutableRawPointer?, _ kind: Int32, _ key: UnsafePointer<CChar>?, _ count: Int
) -> Int32 {
  let bytes = UnsafeRawBufferPointer(start: key, count: key == nil ? 0 : count)
  return transfer(context).accepts(hostKey: Array(bytes))
    ? Int32(CURLKHMATCH_OK.rawValue) : Int32(CURLKHMATCH_MISMATCH.rawValue)
}

private func receivePiece(
  _ piece: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let bytes = UnsafeRawBufferPointer(start: piece, count: size * count)
  return transfer(context).receive(bytes) ? size * count : 0
}

private func sendPiece(
  _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context).send(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private func lookAtFlag(
  _ context: UnsafeMutableRawPointer?, _ a: curl_off_t, _ b: curl_off_t, _ c: curl_off_t, _ d: curl_off_t
) -> Int32 { transfer(context).isCancelled ? 1 : 0 }
