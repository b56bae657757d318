//! Short names for what is declared inside functions, and in a module for everything that it does
//! not export.
//!
//! The unit is a name within the outermost place that declares it. Every use inside of it is of
//! that declaration or of one nested in it, so all of them can be renamed alike, and two units may
//! share a short name when their places have nothing in common. A name that is also used where no
//! declaration of it was found belongs to the page or to another script and stays.

use std::collections::{BTreeMap, BTreeSet};

use super::nesting::Program;
use super::roles::{self, Role};
use super::scopes;

/// A name within the outermost place that declares it.
#[derive(Debug)]
struct Unit<'a> {
    name: &'a str,
    start: usize,
    end: usize,
    /// Where the name is written.
    uses: Vec<usize>,
}

/// The new text of every piece of `program` that gets one, by its index.
pub(super) fn short_names(program: &Program<'_, '_>) -> BTreeMap<usize, String> {
    if program.tokens.iter().any(|token| token.is_word("eval") || token.is_word("with")) {
        return BTreeMap::new(); // names may be used in ways that are not written here
    }
    let roles = roles::roles(program);
    let (mut units, kept) = units(program, &roles);
    units.sort_by_key(|unit| (std::cmp::Reverse(unit.uses.len()), unit.start));
    let mut given: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    let mut texts = BTreeMap::new();
    for unit in units {
        let is_free = |name: &str| {
            let places = given.get(name).map_or(&[][..], Vec::as_slice);
            !places.iter().any(|(start, end)| unit.start < *end && *start < unit.end)
        };
        let name =
            (0..).map(short_name).find(|name| !kept.contains(name.as_str()) && is_free(name));
        let name = name.expect("there is no end of short names");
        for at in unit.uses {
            let text = match roles[at] {
                Role::Shorthand => format!("{}:{name}", unit.name),
                _ => name.clone(),
            };
            texts.insert(at, text);
        }
        given.entry(name).or_default().push((unit.start, unit.end));
    }
    texts
}

/// What can be renamed, and the names that stay.
fn units<'a>(program: &Program<'_, 'a>, roles: &[Role]) -> (Vec<Unit<'a>>, BTreeSet<&'a str>) {
    let mut places: BTreeMap<&str, Vec<Unit<'a>>> = BTreeMap::new();
    let mut kept = BTreeSet::new();
    let is_module = roles::is_module(program);
    let mut declared = scopes::declarations(program, roles);
    declared.sort_by_key(|declared| (declared.start, std::cmp::Reverse(declared.end)));
    for scopes::Declared { name, start, end, outermost } in declared {
        if outermost && !is_module {
            kept.insert(name); // every script of the page sees it
        }
        let units = places.entry(name).or_default();
        match units.last_mut() {
            Some(last) if start < last.end => last.end = last.end.max(end),
            _ => units.push(Unit { name, start, end, uses: Vec::new() }),
        }
    }
    for (at, (token, role)) in program.tokens.iter().zip(roles).enumerate() {
        match role {
            Role::Other => continue,
            Role::Fixed => {
                kept.insert(token.text);
            }
            Role::Variable | Role::Shorthand => {
                let units = places.get_mut(token.text).map_or(&mut [][..], Vec::as_mut_slice);
                match units.iter_mut().find(|unit| (unit.start..unit.end).contains(&at)) {
                    Some(unit) => unit.uses.push(at),
                    None => {
                        kept.insert(token.text);
                    }
                }
            }
        }
    }
    places.retain(|name, _| !kept.contains(name));
    (places.into_values().flatten().collect(), kept)
}

/// The names from the shortest on: `a` to `Z`, then two characters, and so on.
fn short_name(number: usize) -> String {
    const FIRST: &[u8; 54] = b"etnariosldcumphfgvbywxkjzqETNARIOSLDCUMPHFGVBYWXKJZQ_$";
    const NEXT: &[u8; 64] = b"etnariosldcumphfgvbywxkjzqETNARIOSLDCUMPHFGVBYWXKJZQ_$0123456789";
    let mut rest = number / FIRST.len();
    let mut name = String::from(char::from(FIRST[number % FIRST.len()]));
    while rest > 0 {
        rest -= 1;
        name.push(char::from(NEXT[rest % NEXT.len()]));
        rest /= NEXT.len();
    }
    // A keyword is no name; it is never met again, since no other number gives the same text.
    if roles::is_reserved(&name) { format!("{name}_") } else { name }
}
