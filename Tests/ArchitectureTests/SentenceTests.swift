import Glibc
import Testing

/// What users are told stands in both of their languages; the compiler sees to it that there are two texts, and this that the
/// second is Vietnamese.
@Suite("Sentences for users")
struct SentenceTests {
  @Test("each has a Vietnamese text where its English one is written, and no English is left in it")
  func bothLanguages() {
    var count = 0
    for file in SourceTree.files(below: "Sources", ending: ".swift") where strstr(file.text, "Sentence(") != nil {
      for sentence in SentenceScanner.sentences(in: file.text) {
        count += 1
        let place = "\(file.path): \(sentence.english)"
        // Nothing but what is filled in.
        guard sentence.english.contains(where: \.isLetter) else { continue }
        #expect(!sentence.vietnamese.isEmpty && SentenceScanner.isVietnamese(sentence.vietnamese), "\(place)")
        #expect(SentenceScanner.englishWords(in: sentence.vietnamese) == [], "\(place)")
      }
    }
    #expect(count > 200, "only \(count) were found: the scanner is blind")
  }

  /// What `serve`, `partner try` and the commands for what is in the store are made of: what they say stands in a ``Sentence``,
  /// marks and names of protocols aside.
  private static let spoken = [
    "CommandLine/Arguments.swift", "CommandLine/FileBytes.swift", "CommandLine/LanguageOption.swift",
    "Map/WorkbenchFiles.swift", "Partner/PartnerFiles.swift", "Partner/TrialPayload.swift", "Partner/TrialText.swift",
    "Partner/TryPartnerCommand.swift", "Site/AttemptList.swift", "Site/Dead/DeadCommand.swift",
    "Site/DossierCommand.swift", "Site/MessageBytes.swift", "Site/MessageCommand.swift", "Site/OperatorSignature.swift",
    "Site/Queue/QueueCommand.swift", "Site/Queue/QueueOrder.swift", "Site/Queue/QueueView.swift",
    "Site/ResendRun.swift", "Site/ServeCommand.swift", "Site/SiteFiles.swift", "Site/SiteStore.swift",
    "Site/TimelineText.swift",
  ]

  @Test("what serve, partner try, queue, dead, message and dossier say is never in one language only")
  func spoken() {
    let files = SourceTree.files(below: "Sources/Programs/lienthong", ending: ".swift").filter { file in
      Self.spoken.contains { file.path.hasSuffix("/" + $0) }
    }
    #expect(files.count == Self.spoken.count)
    for file in files { #expect(SentenceScanner.saidInOneLanguage(in: file.text) == [], "\(file.path)") }
  }

  @Test("a text that is said in one language is seen; marks, and sentences, are let pass")
  func oneLanguage() {
    func seen(_ text: String) -> [String] { SentenceScanner.saidInOneLanguage(in: text) }
    #expect(seen(#"throw .unusable("--listen is \(wrong)")"#) == ["--listen is  "])
    #expect(seen("throw .failed(\n  \"no client\")") == ["no client"])
    #expect(seen(#"Terminal.print("\(mark) more bytes")"#) == ["  more bytes"])
    #expect(seen(#"Terminal.complain("it ends")"#) == ["it ends"])
    #expect(seen(#"say(Sentence(same: "it ends"))"#) == ["it ends"])
    #expect(seen(#"Terminal.print("< HTTP \(status)")"#) == [])
    #expect(seen(#"throw .unusable(Sentence("is wrong", "không đúng"))"#) == [])
  }

  @Test("a sentence whose second text is English, or is missing, is seen")
  func scanner() {
    func seen(_ text: String) -> [String] { SentenceScanner.sentences(in: text).map(\.vietnamese) }
    #expect(seen(#"f(Sentence("a \(b("c", "d"))", "có \(e) ‘x’"))"#) == ["có    "])
    #expect(seen("Sentence(\n  \"a\" + \"b\",\n  \"hãy \"\n    + \"viết\")") == ["hãy viết"])
    #expect(seen(#"Sentence(same: "a")"#) == [])
    #expect(!SentenceScanner.isVietnamese("write it"))
    #expect(SentenceScanner.englishWords(in: "hãy viết the key") == ["the"])
  }
}

/// Finds `Sentence("…", "…")` in a source file.
enum SentenceScanner {
  /// Both texts without their interpolations and without what they quote in ‘…’.
  struct Found {
    let english: String
    let vietnamese: String
  }

  static func sentences(in text: String) -> [Found] {
    let scalars = Array(text.unicodeScalars)
    let opening = Array("Sentence(".unicodeScalars)
    var found: [Found] = []
    var index = 0
    while index + opening.count < scalars.count {
      guard scalars[index] == "S", scalars[index..<(index + opening.count)].elementsEqual(opening),
        index == 0 || !scalars[index - 1].properties.isAlphabetic
      else {
        index += 1
        continue
      }
      index += opening.count
      var place = index
      guard let english = literals(scalars, &place), place < scalars.count, scalars[place] == "," else {
        continue
      }
      place += 1
      let vietnamese = literals(scalars, &place) ?? ""
      found.append(Found(english: english, vietnamese: vietnamese))
    }
    return found
  }

  /// Texts with words in them that are told as they stand.
  static func saidInOneLanguage(in text: String) -> [String] {
    let scalars = Array(text.unicodeScalars)
    var said: [String] = []
    for opening in [".unusable(", ".failed(", "Terminal.print(", "Terminal.complain(", "Sentence(same:"] {
      let opening = Array(opening.unicodeScalars)
      for index in scalars.indices.dropLast(opening.count)
      where scalars[index] == opening[0] && scalars[index..<(index + opening.count)].elementsEqual(opening) {
        var place = index + opening.count
        guard let literal = literals(scalars, &place) else { continue }
        let words = literal.split { !$0.isLetter }
        if words.contains(where: { $0.count > 1 && $0.contains(where: \.isLowercase) }) { said.append(literal) }
      }
    }
    return said
  }

  /// One literal, or several with `+` between them; nil where none begins.
  private static func literals(_ text: [Unicode.Scalar], _ index: inout Int) -> String? {
    var joined: String?
    while true {
      skipBlanks(text, &index)
      guard index < text.count, text[index] == "\"" else { return joined }
      joined = (joined ?? "") + literal(text, &index)
      skipBlanks(text, &index)
      guard index < text.count, text[index] == "+" else { return joined }
      index += 1
    }
  }

  private static func skipBlanks(_ text: [Unicode.Scalar], _ index: inout Int) {
    while index < text.count, text[index].properties.isWhitespace { index += 1 }
  }

  /// The literal that begins here; `index` goes behind it.
  private static func literal(_ text: [Unicode.Scalar], _ index: inout Int) -> String {
    index += 1
    var content = String.UnicodeScalarView()
    var quotes = 0
    while index < text.count, text[index] != "\"" {
      if text[index] == "\\", index + 1 < text.count {
        index += 1
        if text[index] == "(" { skipInterpolation(text, &index) } else { index += 1 }
        if quotes == 0 { content.append(" ") }
        continue
      }
      if text[index] == "‘" {
        quotes += 1
      } else if text[index] == "’" {
        quotes -= 1
        content.append(" ")
      } else if quotes == 0 {
        content.append(text[index])
      }
      index += 1
    }
    index += 1
    return String(content)
  }

  private static func skipInterpolation(_ text: [Unicode.Scalar], _ index: inout Int) {
    var depth = 0
    while index < text.count {
      switch text[index] {
      case "(": depth += 1
      case ")":
        depth -= 1
        if depth == 0 {
          index += 1
          return
        }
      case "\"":
        _ = literal(text, &index)
        continue
      default: break
      }
      index += 1
    }
  }

  static func isVietnamese(_ text: String) -> Bool {
    text.contains { character in
      "đĐ".contains(character) || character.isLetter && !character.isASCII
    }
  }

  /// Words that no Vietnamese sentence has.
  static func englishWords(in text: String) -> [String] {
    let words: Set<Substring> = [
      "the", "is", "are", "of", "and", "with", "write", "cannot", "there", "add", "not", "has",
    ]
    return text.split { !$0.isLetter }.filter(words.contains).map(String.init)
  }
}
