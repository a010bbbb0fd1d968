package import ServiceKit
package import XMLKit

/// What a simulated service does by itself with a dossier that it has taken: documents for those who ask, reports to the
/// gateway and calls of the partner's own, each some time after the one before.
///
/// A description tells how the partner speaks; a plan is one story of what it decides.
///
///     nhanHoSoDKHT:                       # an operation that takes dossiers
///       reads: { unit: maDonVi }          # of the document taken, as places for the texts below
///       steps:
///         - { after: 1s, into: ket-qua, json: { maDonVi: "{unit}", maHoSoMCDT: "{dossier}", trangThai: "3" } }
///         - { after: 2s, report: { text: "<progress>…<at>{now}</at>…</progress>", contentType: application/xml } }
///         - { after: 1s, when: loai = 2, call: KetThuc, json: { SoBienNhan: "{dossier}", SecurityCode: "{key}" } }
///       again:                            # it is taken again after the steps before, as one for which papers were asked
///         - steps: [{ after: 1s, into: ket-qua, json: { maHoSoMCDT: "{dossier}", trangThai: "4" } }]
package struct ServicePlan: Sendable {
  package struct Step: Sendable {
    package enum Act: Sendable {
      /// Puts the document into the box, in place of what is there of the dossier.
      case hold(box: String, AnswerTemplate)
      /// Sends the document to the gateway until that takes it or refuses it.
      case report(AnswerTemplate)
      /// Calls the gateway by the partner's own rules, until that takes it or refuses it.
      case call(String, AnswerTemplate)
    }

    /// After the step before, or after the dossier was taken.
    package var after: Duration
    /// Of the document taken: the step is left out where it is not so. nil for every document.
    package var when: XPathExpression?
    package var act: Act
  }

  /// What is done with the dossiers of one operation.
  package struct Course: Sendable {
    package var reads: [String: XPathExpression]
    /// What is done when a document of a dossier is taken, the first time and each time after, and never none. Behind the last
    /// a new dossier is taken no more; what an operation takes all the same follows the last.
    package var rounds: [[Step]]
  }

  package var courses: [String: Course]

  package static let quiet = ServicePlan(courses: [:])
}
