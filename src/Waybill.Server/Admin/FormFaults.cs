using System.Text.RegularExpressions;
using Waybill.Screens.Framing;
using Waybill.Server.Api;

namespace Waybill.Server.Admin;

/// <summary>What the API's readers refuse, beside the fields of a form: their sentences name a field as <c>`host`</c>.</summary>
internal static partial class FormFaults
{
    /// <summary>The faults, the first of each field. A field that the form does not have is one of the form as a whole.</summary>
    /// <param name="context">Whose language it is said in; a sentence of the API's is English.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="label">What people call a field; null: the form has none of that name.</param>
    public static IReadOnlyList<Fault> Of(HttpContext context, IEnumerable<ApiError> errors, Func<string, string?> label) =>
        [.. errors.Select(error => Of(context, error, label)).DistinctBy(fault => fault.Field.Length > 0 ? fault.Field : fault.Text)];

    static Fault Of(HttpContext context, ApiError error, Func<string, string?> label)
    {
        var field = Named().Match(error.Message) is { Success: true } named && label(named.Groups["name"].Value) is not null
            ? named.Groups["name"].Value
            : "";
        if (error.Name == "missing_required_field" && field.Length > 0) return new(field, context.Say("form.missing", label(field)));
        return new(field, Named()
            .Replace(error.Message, name => label(name.Groups["name"].Value) is { } words ? $"“{words}”" : name.Groups["name"].Value));
    }

    [GeneratedRegex("`(?<name>[a-z_]{1,50})`", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();
}
