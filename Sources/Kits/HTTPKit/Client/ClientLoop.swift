import CCurl

/// What the client's thread does, turn by turn: obey orders, move bytes, finish transfers, wait.
///
/// Belongs to one thread. Each transfer is in one place at a time, waiting or under way, and is taken out of it before
/// its completion is called: so it is called once.
final class ClientLoop {
  private let multi: MultiHandle
  private let configuration: HTTPClientConfiguration
  private var waiting: [ClientEngine.Submission] = []
  private var waitingStart = 0
  private var active: [UInt64: ClientTransfer] = [:]
  /// Handles of finished transfers, kept because making one costs more than sending a small request.
  private var spareHandles: [UnsafeMutableRawPointer] = []
  /// When the deadlines are next looked through.
  private var nextInspection = Int64.max

  /// Deadlines are kept to within this many nanoseconds.
  private static let inspectionPeriod: Int64 = 20_000_000

  init(multi: MultiHandle, configuration: HTTPClientConfiguration) {
    self.multi = multi
    self.configuration = configuration
    lt_curl_multi_set_long(multi.pointer, CURLMOPT_MAXCONNECTS, configuration.idleConnections)
    lt_curl_multi_set_long(multi.pointer, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
  }

  /// One turn; says whether there is to be another.
  func turn(obeying orders: ClientEngine.Orders) -> Bool {
    accept(orders.submissions)
    cancel(orders.cancelled)
    if orders.cancelsAll || orders.stops { cancelEverything() }
    if orders.stops { return false }
    startWaiting()
    var running: Int32 = 0
    curl_multi_perform(multi.pointer, &running)
    finishDone()
    inspectDeadlines()
    startWaiting()
    let pause = active.isEmpty && waitingCount == 0 ? 60_000 : millisecondsToInspection()
    curl_multi_poll(multi.pointer, nil, 0, Int32(pause), nil)
    return true
  }

  /// Frees everything; all transfers have ended.
  func close() {
    for handle in spareHandles { curl_easy_cleanup(handle) }
    curl_multi_cleanup(multi.pointer)
  }

  private var waitingCount: Int { waiting.count - waitingStart }

  // MARK: Orders

  private func accept(_ submissions: [ClientEngine.Submission]) {
    for submission in submissions {
      let room = configuration.waitingTransfers + max(0, configuration.transfers - active.count)
      if waitingCount < room {
        waiting.append(submission)
      } else {
        submission.fail(.overloaded, "\(configuration.waitingTransfers) transfers wait already; send less at a time")
      }
    }
  }

  private func cancel(_ ids: [UInt64]) {
    for id in ids {
      if let transfer = active[id] {
        end(transfer, with: transfer.failure(.cancelled, "the transfer was cancelled"))
      } else if let index = waiting[waitingStart...].firstIndex(where: { $0.id == id }) {
        waiting.remove(at: index).fail(.cancelled, "the transfer was cancelled before it began")
      }
    }
  }

  private func cancelEverything() {
    let submissions = waiting[waitingStart...]
    waiting = []
    waitingStart = 0
    for transfer in Array(active.values) {
      end(transfer, with: transfer.failure(.cancelled, "all transfers were cancelled"))
    }
    for submission in submissions { submission.fail(.cancelled, "all transfers were cancelled") }
  }

  // MARK: Start and end

  private func startWaiting() {
    while waitingCount > 0, active.count < configuration.transfers {
      let submission = waiting[waitingStart]
      waitingStart += 1
      if waitingStart == waiting.count || waitingStart > 1_024 {
        waiting.removeFirst(waitingStart)
        waitingStart = 0
      }
      start(submission)
    }
  }

  private func start(_ submission: ClientEngine.Submission) {
    if let complaint = submission.request.complaint {
      return submission.fail(.invalidRequest, complaint)
    }
    let remaining = submission.deadline == .max ? .max : submission.deadline - MonotonicClock.now()
    guard remaining > 0 else {
      return submission.fail(.timeoutBeforeSend, "no place became free in time")
    }
    guard let handle = spareHandles.popLast() ?? curl_easy_init() else {
      return submission.fail(.overloaded, "memory is short")
    }
    let transfer = ClientTransfer(
      submission, easy: handle, remaining: remaining, configuration: configuration)
    active[submission.id] = transfer
    if let code = transfer.prepare() {
      return end(transfer, with: transfer.failure(.invalidRequest, String(cString: curl_easy_strerror(code))))
    }
    let added = curl_multi_add_handle(multi.pointer, transfer.easy)
    guard added == CURLM_OK else {
      return end(transfer, with: transfer.failure(.overloaded, String(cString: curl_multi_strerror(added))))
    }
    if transfer.request.timeouts.firstByte != nil { scheduleInspection() }
  }

  private func finishDone() {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(multi.pointer, &remaining) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let context = lt_curl_get_private(easy)
      else { continue }
      // `active` holds the transfer until it has ended.
      let transfer = Unmanaged<ClientTransfer>.fromOpaque(context).takeUnretainedValue()
      end(transfer, with: transfer.result(of: lt_curl_message_result(message)))
    }
  }

  private func end(_ transfer: ClientTransfer, with result: HTTPClientResult) {
    active[transfer.id] = nil
    // Removing an unfinished transfer closes its connection, so no late answer meets another request.
    curl_multi_remove_handle(multi.pointer, transfer.easy)
    curl_easy_reset(transfer.easy)
    transfer.releaseLists()
    if spareHandles.count < configuration.transfers {
      spareHandles.append(transfer.easy)
    } else {
      curl_easy_cleanup(transfer.easy)
    }
    transfer.completion(result)
  }

  // MARK: Deadlines

  private func scheduleInspection() {
    if nextInspection == .max { nextInspection = MonotonicClock.now() + Self.inspectionPeriod }
  }

  private func inspectDeadlines() {
    if waitingCount > 0 { scheduleInspection() }
    guard nextInspection != .max else { return }
    let now = MonotonicClock.now()
    guard now >= nextInspection else { return }
    nextInspection = .max
    for transfer in Array(active.values) {
      if transfer.isFirstByteOverdue(at: now) {
        end(transfer, with: transfer.failure(.timeoutAfterSend, "no answer began in time"))
      } else if transfer.awaitsFirstByte {
        nextInspection = now + Self.inspectionPeriod
      }
    }
    let overdue = waiting[waitingStart...].filter { $0.deadline <= now }
    if !overdue.isEmpty {
      waiting = waiting[waitingStart...].filter { $0.deadline > now }
      waitingStart = 0
      for submission in overdue { submission.fail(.timeoutBeforeSend, "no place became free in time") }
    }
    if waitingCount > 0 { scheduleInspection() }
  }

  private func millisecondsToInspection() -> Int64 {
    guard nextInspection != .max else { return 60_000 }
    return max(1, min(60_000, (nextInspection - MonotonicClock.now()) / 1_000_000 + 1))
  }
}

extension ClientEngine.Submission {
  /// Ends a transfer that never began.
  fileprivate func fail(_ kind: HTTPClientFailure.Kind, _ message: String) {
    completion(.failure(HTTPClientFailure(kind: kind, requestPossiblySent: false, message: message)))
  }
}
