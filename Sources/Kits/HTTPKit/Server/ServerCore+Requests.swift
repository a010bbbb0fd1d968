import CMicrohttpd
import Synchronization

/// Numbers the requests of this process.
private let requestCounter = Atomic<UInt64>(0)

extension ServerCore {
  /// One call of the library about a request: its head, a piece of its body, its end, or its resumption.
  /// `.NO` closes the connection without a word.
  func proceed(
    _ connection: ServerConnection, _ handle: ConnectionHandle, method: UnsafePointer<CChar>,
    version: UnsafePointer<CChar>, piece: UnsafeRawBufferPointer
  ) -> MHD_Result {
    switch connection.phase {
    case .receivingHead:
      return begin(connection, handle, method: method, version: version)
    case .receivingBody:
      if piece.isEmpty { return dispatch(connection, handle) }
      if !connection.receive(piece, limit: limits.bodyBytes) {
        connection.phase = .discardingBody(answer(to: .bodyTooLarge, on: connection))
      }
      return .YES
    case .streamingBody:
      if piece.isEmpty { return dispatch(connection, handle) }
      stream(piece, to: connection)
      return .YES
    case .discardingBody(let refusal):
      if piece.isEmpty { return refuse(connection, handle, with: refusal) }
      connection.discardedBytes += piece.count
      return connection.discardedBytes <= limits.discardedBytes ? .YES : .NO
    case .handling:
      return answer(connection, handle)
    case .sending:
      return .YES
    }
  }

  /// Checks the head, and says what happens with the body.
  private func begin(
    _ connection: ServerConnection, _ handle: ConnectionHandle, method: UnsafePointer<CChar>,
    version: UnsafePointer<CChar>
  ) -> MHD_Result {
    connection.isInFlight = true
    beginRequest()
    let head: RequestHead
    switch RequestHead.read(
      handle.pointer, method: method, version: version, target: connection.target,
      targetStart: connection.targetStart, limits: limits)
    {
    case .success(let read): head = read
    case .failure(let refused): return refuse(connection, handle, refused.refusal)
    }
    if isDraining.load(ordering: .sequentiallyConsistent) { return refuse(connection, handle, .stopping) }
    let peer: PeerCertificate?
    switch verifyPeer(connection, handle) {
    case .success(let verified): peer = verified
    case .failure(let refused): return refuse(connection, handle, refused.refusal)
    }
    connection.request = HTTPRequest(
      method: head.method, target: head.target, path: head.path, query: head.query, headers: head.headers,
      remoteAddress: connection.remoteAddress, peer: peer,
      id: requestCounter.add(1, ordering: .relaxed).newValue)
    if handler.takesStreams, let request = connection.request {
      switch handler.reception(of: request, length: head.contentLength) {
      case .memory: break
      case .refuse(let response): return refuseBody(of: head, with: response, connection, handle)
      case .stream(let sink, let limit): return beginStream(sink, limit: limit, of: head, connection, handle)
      }
    }
    let length = head.contentLength ?? 0
    if length > limits.bodyBytes {
      return refuseBody(of: head, with: answer(to: .bodyTooLarge, on: connection), connection, handle)
    }
    // What is announced is only believed up to a point: memory is given to bytes, not to promises.
    connection.request?.body.reserveCapacity(min(length, 1024 * 1024))
    connection.enter(.receivingBody, until: MonotonicClock.deadline(after: limits.bodyDeadline))
    return .YES
  }

  /// Answers without taking the body: at once if it is not coming, or too long to be thrown away.
  func refuseBody(
    of head: RequestHead, with response: HTTPResponse, _ connection: ServerConnection, _ handle: ConnectionHandle
  ) -> MHD_Result {
    connection.request = nil
    // Who waits for 100 Continue sends no body after a refusal.
    if head.expectsContinue || (head.contentLength ?? 0) > limits.discardedBytes || head.contentLength == 0 {
      return refuse(connection, handle, with: response)
    }
    connection.enter(.discardingBody(response), until: MonotonicClock.deadline(after: limits.bodyDeadline))
    return .YES
  }

  private func verifyPeer(
    _ connection: ServerConnection, _ handle: ConnectionHandle
  ) -> Result<PeerCertificate?, RequestHead.Refused> {
    guard let clientCertificate, let session = lt_mhd_tls_session(handle.pointer) else { return .success(nil) }
    let verification = connection.verification ?? PeerVerification(verifying: session)
    connection.verification = verification
    switch verification {
    case .trusted(let certificate): return .success(certificate)
    case .notTrusted: return .failure(RequestHead.Refused(.certificateNotTrusted))
    case .absent where clientCertificate == .required: return .failure(RequestHead.Refused(.certificateMissing))
    case .absent: return .success(nil)
    }
  }

  /// Hands the complete request to the handler.
  private func dispatch(_ connection: ServerConnection, _ handle: ConnectionHandle) -> MHD_Result {
    guard let request = connection.request.take() else { return .NO }
    let stream = connection.stream.take()
    let exchange = HTTPExchange(handler: handler, target: request.target)
    connection.enter(.handling, until: MonotonicClock.deadline(after: limits.replyDeadline), exchange: exchange)
    // Whoever stops the server sets the flag and then looks for exchanges: one of the two sees the other.
    if isStopping.load(ordering: .sequentiallyConsistent) {
      stream?.sink.abandon()
      exchange.refuse(.stopping)
    } else if let stream {
      counts.handled.add(1, ordering: .relaxed)
      stream.sink.finish(HTTPReply(to: exchange))
    } else {
      counts.handled.add(1, ordering: .relaxed)
      handler.handle(request, reply: HTTPReply(to: exchange))
    }
    return answer(connection, handle)
  }

  /// Sends the answer if there is one, and lets the connection sleep otherwise.
  private func answer(_ connection: ServerConnection, _ handle: ConnectionHandle) -> MHD_Result {
    guard let exchange = connection.exchange else { return .NO }
    guard let response = exchange.takeAnswer(orSuspend: handle) else { return .YES }
    return send(response, connection, handle, closing: isDraining.load(ordering: .relaxed))
  }

  /// What the handler of the connection's request lets a refusal be told.
  func answer(to refusal: HTTPRefusal, on connection: ServerConnection) -> HTTPResponse {
    handler.answer(to: refusal, of: String(decoding: connection.target, as: UTF8.self))
  }

  private func refuse(
    _ connection: ServerConnection, _ handle: ConnectionHandle, _ refusal: HTTPRefusal
  ) -> MHD_Result {
    refuse(connection, handle, with: answer(to: refusal, on: connection))
  }

  private func refuse(
    _ connection: ServerConnection, _ handle: ConnectionHandle, with response: HTTPResponse
  ) -> MHD_Result {
    counts.refused.add(1, ordering: .relaxed)
    connection.isRefused = true
    return send(response, connection, handle, closing: true)
  }

  private func send(
    _ response: HTTPResponse, _ connection: ServerConnection, _ handle: ConnectionHandle, closing: Bool
  ) -> MHD_Result {
    connection.enter(
      .sending,
      until: MonotonicClock.deadline(after: response.stream == nil ? limits.sendDeadline : limits.streamPeriod))
    guard
      let prepared = PreparedResponse.make(response, closing: closing, on: connection, limits: limits)
        ?? PreparedResponse.make(
          answer(to: .unanswered, on: connection), closing: true, on: connection, limits: limits)
    else { return .NO }
    return MHD_queue_response(handle.pointer, UInt32(prepared.status), prepared.pointer)
  }
}

extension ServerConnection {
  /// Adds a piece to the body; false, and what there is of it is let go of, when it grows beyond `limit` bytes.
  fileprivate func receive(_ piece: UnsafeRawBufferPointer, limit: Int) -> Bool {
    if (request?.body.count ?? 0) + piece.count > limit {
      request = nil
      discardedBytes = piece.count
      return false
    }
    // Bound to bytes, it is appended as one block.
    request?.body.append(contentsOf: piece.assumingMemoryBound(to: UInt8.self))
    return true
  }
}
