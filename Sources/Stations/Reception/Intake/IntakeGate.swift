import DossierModel
import Synchronization

/// Whether new messages and files are taken: closed before the disk is full, so that what was taken can still be
/// delivered and settled. Everything else goes on while it is closed.
package final class IntakeGate: Sendable {
  private let closed = Atomic<Bool>(false)

  package init() {}

  package var isOpen: Bool {
    get { !closed.load(ordering: .acquiring) }
    set { closed.store(!newValue, ordering: .releasing) }
  }
}

extension Refusal {
  /// What a sender is told while the gate is closed.
  static var gateClosed: Refusal {
    Refusal(
      .unavailable,
      english:
        "the gateway is short of disk space; nothing was stored; send the same message again later, with the same "
        + "key",
      vietnamese:
        "trục liên thông sắp hết chỗ lưu trữ; chưa lưu được; hãy gửi lại đúng thông điệp này sau, với cùng khóa"
    )
  }
}
