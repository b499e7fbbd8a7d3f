namespace Waybill.Smtp.Wires;

/// <summary>
/// The connection ended, was late, or carried what no SMTP server sends: nothing more can be read from it. Caught where a dialogue is
/// turned into outcomes, and told apart there from an error of whoever reads the content.
/// </summary>
/// <param name="clause">What happened, as the end of a sentence: small letter, no full stop.</param>
/// <param name="cause">The exception below, if any.</param>
sealed class WireException(string clause, Exception? cause = null) : IOException(clause, cause);
