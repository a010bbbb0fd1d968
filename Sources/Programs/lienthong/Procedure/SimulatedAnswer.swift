import DossierModel
import Orchestration

/// What an agency answers in `procedure simulate`.
enum SimulatedAnswer {
  case answer(StepAnswer)
  case done
  case silent

  init(_ word: String, _ definition: ProcedureDefinition) throws(CommandFailure) {
    switch word {
    case "done": self = .done
    case "refused": self = .answer(.refused)
    case "supplement": self = .answer(.supplementRequested)
    case "payment": self = .answer(.paymentRequested)
    case "silent": self = .silent
    default:
      let target = StepID(word.replacing("return:", with: ""))
      guard word.hasPrefix("return:"), definition[target] != nil else {
        throw .unusable("'\(word)' is no answer; write done, refused, supplement, payment, return:STEP or silent")
      }
      self = .answer(.returned(to: target))
    }
  }
}
