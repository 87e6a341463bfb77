// Opening hours as one text, the way the settings keep them: a line for the place, one per period, one per row of days
// off.
#pragma once

#include <string>
#include <string_view>

#include "domain/opening.h"

namespace kith::sqlite {

std::string write_opening_text(const Opening& opening);
// Of what write_opening_text wrote.
Opening read_opening_text(std::string_view text);

}  // namespace kith::sqlite
