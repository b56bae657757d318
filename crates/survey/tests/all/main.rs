//! Tests of the public face of `survey`: tables of what is accepted and refused, and laws.

#[cfg(test)]
mod accept;
#[cfg(test)]
mod definition;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod locale;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sheet;
