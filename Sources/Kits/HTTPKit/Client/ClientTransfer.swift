import CCurl

/// One transfer under way: its handle, what has been sent of it and what has come back.
///
/// Belongs to the client's thread, libcurl's callbacks included.
final class ClientTransfer {
  let id: UInt64
  let request: HTTPClientRequest
  let completion: @Sendable (HTTPClientResult) -> Void
  let easy: UnsafeMutableRawPointer

  private let remaining: Int64
  private let configuration: HTTPClientConfiguration
  private var fieldList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutablePointer<CChar>

  // What the callbacks note.
  private var sendingSince: Int64?
  private var wasResendRefused = false
  private var head = ResponseHead()
  private var body: [UInt8] = []
  private var exceeded: StaticString?
  private var uploaded = 0
  private var downloaded = 0
  private var wasDownloadRefused = false
  private var wasAddressRefused = false

  /// What is kept of an answer that is no 2xx and so does not go to the request's sink.
  private static let refusalBytesLimit = 64 * 1024

  init(
    _ submission: ClientEngine.Submission, easy: UnsafeMutableRawPointer, remaining: Int64,
    configuration: HTTPClientConfiguration
  ) {
    id = submission.id
    request = submission.request
    completion = submission.completion
    self.easy = easy
    self.remaining = remaining
    self.configuration = configuration
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    errorText.deallocate()
  }

  /// Frees what the handle pointed to; the handle has been reset.
  func releaseLists() {
    curl_slist_free_all(fieldList)
    fieldList = nil
  }

  // MARK: Setting up

  /// Sets every option; the code of the one that libcurl refused, if any.
  func prepare() -> CURLcode? {
    var setter = OptionSetter(easy: easy)
    setter.set(CURLOPT_URL, request.url)
    setter.set(CURLOPT_PROTOCOLS_STR, "http,https")
    setter.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
    setter.set(CURLOPT_PROXY, "")  // also none from the environment
    setter.set(CURLOPT_NOSIGNAL, 1)
    setter.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    setter.set(CURLOPT_FOLLOWLOCATION, 0)
    setter.set(CURLOPT_TCP_NODELAY, 1)
    setter.set(CURLOPT_MAXAGE_CONN, Int(configuration.idleConnectionAge.components.seconds))
    setter.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(remaining))
    setter.set(
      CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(MonotonicClock.nanoseconds(request.timeouts.connect)))
    setter.setMethod(request.method, body: request.body, upload: request.upload)
    setter.setTLS(request.tls)
    fieldList = Self.makeFieldList(request)
    setter.note(lt_curl_set_list(easy, CURLOPT_HTTPHEADER, fieldList))
    // `ClientLoop.active` holds this object for as long as the handle can call back.
    let context = Unmanaged.passUnretained(self).toOpaque()
    setter.note(lt_curl_set_pointer(easy, CURLOPT_PRIVATE, context))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
    setter.note(lt_curl_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveHeadLine))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
    setter.note(lt_curl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveBody))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
    setter.note(lt_curl_set_before_request(easy, requestIsAboutToBeSent))
    setter.note(lt_curl_set_pointer(easy, CURLOPT_PREREQDATA, context))
    if request.upload != nil {
      setter.note(lt_curl_set_receiver(easy, CURLOPT_READFUNCTION, sendUpload))
      setter.note(lt_curl_set_pointer(easy, CURLOPT_READDATA, context))
      setter.note(lt_curl_set_seeker(easy, rewindUpload))
      setter.note(lt_curl_set_pointer(easy, CURLOPT_SEEKDATA, context))
    }
    if !request.reachesPrivateAddresses {
      setter.note(lt_curl_set_socket_opener(easy, openPublicSocket))
      setter.note(lt_curl_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context))
      // A connection of another transfer may lead where this one may not go.
      setter.set(CURLOPT_FRESH_CONNECT, 1)
      setter.set(CURLOPT_FORBID_REUSE, 1)
    }
    if let rate = request.timeouts.slowestRate {
      setter.set(CURLOPT_LOW_SPEED_LIMIT, rate)
      setter.set(CURLOPT_LOW_SPEED_TIME, 30)
    }
    return setter.firstError
  }

  /// libcurl counts in milliseconds, in a `long`, and takes zero for "no limit".
  private static func milliseconds(_ nanoseconds: Int64) -> Int {
    Int(min(max(1, nanoseconds / 1_000_000), Int64(Int32.max)))
  }

  private static func makeFieldList(_ request: HTTPClientRequest) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    for (name, value) in request.headers.all {
      // An empty field is spelt with a semicolon; a colon and nothing would take the field out.
      list = curl_slist_append(list, value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    list = curl_slist_append(list, "Expect:")
    if !request.headers.contains("Content-Type") { list = curl_slist_append(list, "Content-Type:") }
    return list
  }

  // MARK: What libcurl reports

  /// The connection stands and the request is about to be sent, perhaps once more. False ends the transfer.
  ///
  /// libcurl sends a request again by itself when a reused connection breaks before an answer. A partner may have
  /// acted on the first sending, so what is not safe is not sent again once bytes of it have left.
  func allowsSending() -> Bool {
    if sendingSince != nil, bytesSent > 0, !request.method.isSafe {
      wasResendRefused = true
      return false
    }
    sendingSince = MonotonicClock.now()
    return true
  }

  /// A line of the answer's head; false ends the transfer.
  func receiveHead(line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard head.receive(line, bytesLimit: configuration.responseHeadBytes) else {
      exceeded = "the head of the answer exceeds its limit"
      return false
    }
    return true
  }

  /// A piece of the answer's body; false ends the transfer.
  func receive(_ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    var limit = request.responseBytesLimit
    if let sink = request.download {
      if (200...299).contains(lt_curl_get_long(easy, CURLINFO_RESPONSE_CODE)) { return download(piece, to: sink) }
      limit = min(limit, Self.refusalBytesLimit)
    }
    guard piece.count <= limit - body.count else {
      exceeded = "the answer exceeds its limit"
      return false
    }
    if body.isEmpty {
      let announced = Int(lt_curl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T))
      body.reserveCapacity(min(max(announced, piece.count), request.responseBytesLimit, 1024 * 1024))
    }
    body.append(contentsOf: piece)
    return true
  }

  private func download(_ piece: UnsafeBufferPointer<UInt8>, to sink: any HTTPDownloadSink) -> Bool {
    guard piece.count <= request.responseBytesLimit - downloaded else {
      exceeded = "the answer exceeds its limit"
      return false
    }
    downloaded += piece.count
    wasDownloadRefused = !sink.receive(UnsafeRawBufferPointer(piece))
    return !wasDownloadRefused
  }

  /// The next bytes of the upload; nil ends the transfer.
  func readUpload(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    guard let upload = request.upload, let count = upload.read(at: uploaded, into: buffer) else { return nil }
    uploaded += count
    return count
  }

  /// libcurl begins anew, on a fresh connection, what has not been sent.
  func seekUpload(to position: Int) { uploaded = position }

  /// Notes that the host's address is not one this transfer may connect to.
  func refuseAddress() { wasAddressRefused = true }

  // MARK: Deadlines

  var awaitsFirstByte: Bool { request.timeouts.firstByte != nil && !head.hasBegun }

  func isFirstByteOverdue(at now: Int64) -> Bool {
    guard awaitsFirstByte, let sendingSince, let limit = request.timeouts.firstByte else { return false }
    return now - sendingSince >= MonotonicClock.nanoseconds(limit)
  }

  // MARK: How it ended

  /// Bytes of the request that the connection took.
  private var bytesSent: Int { lt_curl_get_long(easy, CURLINFO_REQUEST_SIZE) }

  func failure(_ kind: HTTPClientFailure.Kind, _ message: String) -> HTTPClientResult {
    .failure(HTTPClientFailure(kind: kind, requestPossiblySent: bytesSent > 0, message: message))
  }

  func result(of code: CURLcode) -> HTTPClientResult {
    guard code == CURLE_OK else {
      if wasDownloadRefused { return failure(.cancelled, "the answer was not taken") }
      if wasAddressRefused {
        return failure(.invalidRequest, "the host's name leads to an address that is not public")
      }
      let evidence = TransferEvidence(
        code: code, isRequestPossiblySent: bytesSent > 0, hasExceededLimit: exceeded != nil,
        wasResendRefused: wasResendRefused)
      return failure(evidence.kind, message(for: code))
    }
    // libcurl takes a connection that ends within the head for the end of an answer without a body.
    guard head.isComplete else { return failure(.brokenAfterSend, "the connection ended within the answer's head") }
    let response = HTTPResponse(
      status: lt_curl_get_long(easy, CURLINFO_RESPONSE_CODE), headers: head.headers, body: body)
    let timing = HTTPClientTiming(
      connected: .microseconds(lt_curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T)),
      firstByte: .microseconds(lt_curl_get_offset(easy, CURLINFO_STARTTRANSFER_TIME_T)),
      whole: .microseconds(lt_curl_get_offset(easy, CURLINFO_TOTAL_TIME_T)),
      isConnectionReused: lt_curl_get_long(easy, CURLINFO_NUM_CONNECTS) == 0)
    return .response(response, timing)
  }

  private func message(for code: CURLcode) -> String {
    if let exceeded { return exceeded.description }
    if wasResendRefused { return "the connection broke before an answer; the request was not sent again" }
    let text = String(cString: errorText)
    return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
  }
}

// What libcurl calls: functions at file level, so that they belong to no actor.

private func transfer(_ context: UnsafeMutableRawPointer?) -> ClientTransfer {
  // `ClientLoop.active` holds the transfer while its handle can call back.
  Unmanaged<ClientTransfer>.fromOpaque(context!).takeUnretainedValue()
}

private func bytes(_ pointer: UnsafeMutablePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
  UnsafeRawBufferPointer(start: pointer, count: count).assumingMemoryBound(to: UInt8.self)
}

private func receiveHeadLine(
  _ line: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context).receiveHead(line: bytes(line, size * count)) ? size * count : 0
}

private func receiveBody(
  _ piece: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context).receive(bytes(piece, size * count)) ? size * count : 0
}

private func sendUpload(
  _ buffer: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  transfer(context).readUpload(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    ?? Int(CURL_READFUNC_ABORT)
}

private func rewindUpload(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  // libcurl only ever counts from the start.
  guard origin == 0 else { return CURL_SEEKFUNC_FAIL }
  transfer(context).seekUpload(to: Int(offset))
  return CURL_SEEKFUNC_OK
}

private func openPublicSocket(
  _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype, _ address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
  guard let address, lt_curl_address_is_public(address) != 0 else {
    transfer(context).refuseAddress()
    return -1
  }
  return lt_curl_open_socket(address)
}

private func requestIsAboutToBeSent(
  _ context: UnsafeMutableRawPointer?, _ remoteAddress: UnsafeMutablePointer<CChar>?,
  _ localAddress: UnsafeMutablePointer<CChar>?, _ remotePort: Int32, _ localPort: Int32
) -> Int32 {
  transfer(context).allowsSending() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
