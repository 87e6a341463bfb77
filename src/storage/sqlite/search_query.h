// What people type into a search box, as a question to the full-text index. Pure, and safe with any bytes.
#pragma once

#include <string>
#include <string_view>

namespace kith::sqlite {

// Every word must occur, the last one as a prefix; "words in quotes" stand together. Words without a letter or digit
// are ignored; empty when none are left. Everything typed is quoted, so that nothing in it is an operator.
std::string entry_query(std::string_view typed);

// Every word is a prefix: "ad lov" finds Ada Lovelace, "ada@ex" finds her address.
std::string person_query(std::string_view typed);

}  // namespace kith::sqlite
