import DocumentKit
import Gateway

/// Reads a site, and says everything that is wrong with its files.
enum SiteFiles {
  static func read(_ folder: String) throws(CommandFailure) -> Site {
    do throws(SiteErrors) {
      return try Site(folder: folder)
    } catch {
      throw .unusable(error.unusable(folder))
    }
  }

  /// The site with everything that its files name, compiled.
  static func plan(_ site: Site) throws(CommandFailure) -> SitePlan {
    do throws(SiteErrors) {
      return try SitePlan(site)
    } catch {
      throw .unusable(
        Sentence(
          "the site '\(site.folder)' does not hold together:\n", "các phần của trục '\(site.folder)' không khớp nhau:\n"
        )
          + error.sentences)
    }
  }
}

extension SiteErrors {
  /// One line for each, in both languages.
  var sentences: Sentence { Sentence(text(in: .english), text(in: .vietnamese)) }

  /// That this site cannot be used, and why.
  func unusable(_ folder: String) -> Sentence {
    Sentence("the site '\(folder)' cannot be used:\n", "không dùng được trục '\(folder)':\n") + sentences
  }
}
