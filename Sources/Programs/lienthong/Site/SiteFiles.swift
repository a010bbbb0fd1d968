import Gateway

/// Reads a site, and says everything that is wrong with its files.
enum SiteFiles {
  static func read(_ folder: String) throws(CommandFailure) -> Site {
    do throws(SiteErrors) {
      return try Site(folder: folder)
    } catch {
      throw .unusable("the site '\(folder)' cannot be used:\n" + error.description)
    }
  }

  /// The site with everything that its files name, compiled.
  static func plan(_ site: Site) throws(CommandFailure) -> SitePlan {
    do throws(SiteErrors) {
      return try SitePlan(site)
    } catch {
      throw .unusable("the site '\(site.folder)' does not hold together:\n" + error.description)
    }
  }
}
