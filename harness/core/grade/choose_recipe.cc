#include "core/grade/choose_recipe.h"

#include <algorithm>
#include <set>

#include "core/grade/placeholders.h"
#include "core/nearest.h"
#include "core/selection.h"

namespace sockspec::grade {
namespace {

constexpr std::size_t kMostShown = 5;  // file names in one reason

std::string base_of(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

auto depth_of(const std::string& path) { return std::count(path.begin(), path.end(), '/'); }

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

bool is_written_by_hand(const std::string& path) {
  static const std::set<std::string> kMade{"__MACOSX", "__pycache__", "node_modules"};
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part.starts_with('.') || kMade.contains(part)) return false;
    begin = end + 1;
  }
  return !path.empty();
}

// In an order that does not depend on the file system.
std::vector<std::string> handed_in(const std::vector<std::string>& files) {
  std::vector<std::string> written;
  std::copy_if(files.begin(), files.end(), std::back_inserter(written), is_written_by_hand);
  std::sort(written.begin(), written.end());
  return written;
}

bool fits(const std::string& pattern, const std::string& path) {
  return matches(pattern, pattern.find('/') == std::string::npos ? base_of(path) : path);
}

// Those nearest to the top.
std::vector<std::string> matching(const std::string& pattern,
                                  const std::vector<std::string>& files) {
  std::vector<std::string> found;
  for (const std::string& file : files) {
    if (!fits(pattern, file)) continue;
    if (!found.empty() && depth_of(file) < depth_of(found.front())) found.clear();
    if (found.empty() || depth_of(file) == depth_of(found.front())) found.push_back(file);
  }
  return found;
}

bool needs_file(const Recipe& recipe) {
  const auto uses_it = [](const Words& words) {
    return uses(words, "file") || uses(words, "class");
  };
  return uses_it(recipe.run) || std::any_of(recipe.build.begin(), recipe.build.end(), uses_it);
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t i = 0; i < names.size() && i < kMostShown; ++i)
    all += (i == 0 ? "" : ", ") + names[i];
  return names.size() > kMostShown ? all + ", …" : all;
}

std::variant<ChosenRecipe, Message> take(const Variant& variant, std::vector<std::string> found) {
  if (found.size() > 1 && needs_file(variant.recipe)) {
    std::vector<std::string> servers;
    std::copy_if(found.begin(), found.end(), std::back_inserter(servers), [](const auto& file) {
      return lower(base_of(file)).find("server") != std::string::npos;
    });
    if (servers.size() != 1)
      return Message{"unfit.several", {{"pattern", variant.when}, {"files", listed(found)}}};
    found = servers;
  }
  return ChosenRecipe{filled_in(variant.recipe, base_of(found.front())), folder_of(found.front()),
                      variant.when};
}

// A file that was probably meant for one of the patterns: the same but for upper and lower case,
// or a typing mistake away.
std::optional<Message> misnamed(const ClassPlan& plan, const std::vector<std::string>& files) {
  for (const Variant& variant : plan.variants) {
    for (const std::string& file : files) {
      if (fits(lower(variant.when), lower(file)))
        return Message{"unfit.letter-case", {{"file", base_of(file)}, {"pattern", variant.when}}};
    }
  }
  for (const Variant& variant : plan.variants) {
    const bool fixed = variant.when.find('*') == std::string::npos;
    for (const std::string& file : files) {
      const std::string name = base_of(file);
      const bool same_kind = name.find_last_of('.') != std::string::npos &&
                             variant.when.ends_with(name.substr(name.find_last_of('.')));
      if (fixed && same_kind && !nearest(name, std::vector{variant.when}).empty())
        return Message{"unfit.misnamed", {{"file", name}, {"pattern", variant.when}}};
    }
  }
  return std::nullopt;
}

Message nothing_fits(const ClassPlan& plan, const std::vector<std::string>& files) {
  if (files.empty()) return {"unfit.empty"};
  if (const auto meant = misnamed(plan, files)) return *meant;
  std::vector<std::string> patterns, names;
  for (const Variant& variant : plan.variants) patterns.push_back(variant.when);
  for (const std::string& file : files) names.push_back(file);
  return {"unfit.nothing", {{"patterns", listed(patterns)}, {"files", listed(names)}}};
}

}  // namespace

std::string top_folder(const std::vector<std::string>& files) {
  const std::vector<std::string> written = handed_in(files);
  if (written.empty()) return "";
  std::string folder = folder_of(written.front());
  for (const std::string& file : written) {
    while (!folder.empty() && !file.starts_with(folder + "/")) folder = folder_of(folder);
  }
  return folder;
}

std::variant<ChosenRecipe, Message> choose_recipe(const ClassPlan& plan,
                                                  const std::vector<std::string>& files,
                                                  const std::optional<Recipe>& own) {
  const std::vector<std::string> written = handed_in(files);
  if (plan.own_commands && own) {
    const std::vector<std::string> at = matching("sockspec.json", written);
    return ChosenRecipe{*own, at.empty() ? top_folder(files) : folder_of(at.front()), ""};
  }
  for (const Variant& variant : plan.variants) {
    const std::vector<std::string> found = matching(variant.when, written);
    if (!found.empty()) return take(variant, found);
  }
  if (plan.otherwise && !written.empty())
    return ChosenRecipe{*plan.otherwise, top_folder(files), ""};
  return nothing_fits(plan, written);
}

}  // namespace sockspec::grade
