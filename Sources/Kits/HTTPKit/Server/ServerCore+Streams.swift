import CMicrohttpd

/// A body on its way to its sink.
struct BodyStream {
  let sink: any HTTPBodySink
  let limit: Int
  var received = 0
  /// Bytes of the period that runs.
  var receivedInPeriod = 0
}

extension ServerCore {
  func beginStream(
    _ sink: any HTTPBodySink, limit: Int, of head: RequestHead, _ connection: ServerConnection,
    _ handle: ConnectionHandle
  ) -> MHD_Result {
    guard head.contentLength ?? 0 <= limit else {
      sink.abandon()
      return refuseBody(of: head, with: answer(to: .bodyTooLarge, on: connection), connection, handle)
    }
    connection.stream = BodyStream(sink: sink, limit: limit)
    connection.enter(.streamingBody, until: MonotonicClock.deadline(after: limits.streamPeriod))
    return .YES
  }

  /// Gives a piece to the sink; each period that brought enough is followed by another.
  func stream(_ piece: UnsafeRawBufferPointer, to connection: ServerConnection) {
    guard var stream = connection.stream.take() else { return }
    stream.received += piece.count
    stream.receivedInPeriod += piece.count
    let refusal =
      stream.received > stream.limit
      ? answer(to: .bodyTooLarge, on: connection) : stream.sink.receive(piece)
    if let refusal {
      stream.sink.abandon()
      connection.request = nil
      connection.discardedBytes = piece.count
      return connection.enter(.discardingBody(refusal), until: MonotonicClock.deadline(after: limits.bodyDeadline))
    }
    if stream.receivedInPeriod >= limits.streamPeriodBytes {
      stream.receivedInPeriod = 0
      connection.enter(.streamingBody, until: MonotonicClock.deadline(after: limits.streamPeriod))
    }
    connection.stream = stream
  }
}
