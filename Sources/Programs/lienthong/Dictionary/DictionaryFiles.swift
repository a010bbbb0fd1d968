import Dictionaries
import FileKit
import Gateway

/// Finds a site's dictionaries, and the one that a call names.
enum DictionaryFiles {
  static let options = SiteStore.options
  static let help = SiteStore.help

  static func folder(_ arguments: Arguments) throws(CommandFailure) -> DictionaryFolder {
    if let data = arguments.value("--data") { return DictionaryFolder(data + "/" + DictionaryFolder.standardName) }
    return try SiteStore.site(arguments).dictionaryFolder
  }

  static func name(_ word: String) throws(CommandFailure) -> DictionaryName {
    guard let name = DictionaryName(word) else {
      throw .unusable("'\(word)' is no dictionary; write PROFILE/DICTIONARY, such as dvcqg-a/co-quan")
    }
    return name
  }

  /// The edition of this number, or the latest; nil after a complaint.
  static func edition(
    _ number: Int?, of name: DictionaryName, in folder: DictionaryFolder
  ) throws(CommandFailure) -> DictionaryEdition? {
    let numbers = folder.numbers(of: name)
    guard let wanted = number ?? numbers.last else {
      Terminal.complain("there is no edition of \(name) here; `lienthong dictionary fetch` makes one")
      return nil
    }
    guard numbers.contains(wanted) else {
      Terminal.complain(
        "there is no edition \(wanted) of \(name); there is \(numbers.map(String.init).joined(separator: ", "))")
      return nil
    }
    do throws(FileError) {
      return try folder.edition(wanted, of: name)
    } catch {
      throw .failed(error.description)
    }
  }

  static func number(_ word: String) throws(CommandFailure) -> Int {
    guard let number = Int(word), number > 0 else {
      throw .unusable("'\(word)' is no number of an edition; `lienthong dictionary list` shows them")
    }
    return number
  }
}
