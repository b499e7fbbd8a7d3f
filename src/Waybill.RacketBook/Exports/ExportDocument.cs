using System.ComponentModel;

namespace Waybill.RacketBook.Exports;

/// <summary>
/// A stringer's book as one document: every order holds all that it refers to, so that it can be read without the program.
/// </summary>
sealed record ExportDocument(
    ExportedStringer Stringer,
    IReadOnlyList<ExportedClientProfile> ClientProfiles,
    IReadOnlyList<ExportedPerson> Persons,
    IReadOnlyList<ExportedRacket> Rackets,
    IReadOnlyList<ExportedString> Strings,
    IReadOnlyList<ExportedOrder> Orders);

/// <summary>Whose book it is.</summary>
sealed record ExportedStringer(
    Guid Id,
    string Email,
    [property: Words("stringer", "admin")] string Role,
    string DisplayName,
    [property: Words("en", "de")] string Locale,
    string? Address,
    string? Phone,
    string? Web,
    string? BusinessEmail,
    [property: Amount] string Labour,
    [property: Description("PNG or JPEG, base64")] byte[]? Logo);

/// <summary>A human.</summary>
sealed record ExportedPerson(Guid Id, string FirstName, string LastName, string? Email, [property: Words("en", "de")] string? Locale);

/// <summary>The stringer's view of a person.</summary>
sealed record ExportedClientProfile(
    Guid Id,
    ExportedPerson Person,
    string? Nickname,
    string? InternalNotes,
    string? TensionMemo,
    [property: Description("The stringer's own profile: its orders are self-jobs")] bool IsSelf,
    [property: Description("No longer in the list of clients")] bool IsRemoved);

/// <summary>A racket.</summary>
sealed record ExportedRacket(
    Guid Id,
    string? Maker,
    string Model,
    [property: Description("Square inches")] decimal? HeadSize,
    string? Pattern,
    string? Serial,
    [property: Words("catalogue_private", "catalogue_shared", "one_off")] string Visibility,
    Guid? OwnerClientProfileId);

/// <summary>A string of the catalogue.</summary>
sealed record ExportedString(
    Guid Id, string? Maker, string Model, string? Gauge, [property: Words("catalogue_private", "catalogue_shared")] string Visibility);

/// <summary>The strings of one side.</summary>
sealed record ExportedSide(
    [property: Description("Of the catalogue; null: written down by hand")] ExportedString? String,
    string? Maker,
    string? Model,
    string? Gauge,
    [property: Description("Kilograms")] decimal? Tension,
    [property: Amount] string? Price,
    [property: Description("The client brought it: its price is not in the total")] bool Byo,
    string? Colour);

/// <summary>An order.</summary>
sealed record ExportedOrder(
    Guid Id,
    string? ReceiptNumber,
    [property: Words("draft", "ordered", "strung", "returned", "paid", "done")] string State,
    DateOnly? OrderedAt,
    DateOnly? StrungAt,
    DateOnly? ReturnedAt,
    DateOnly? PaidAt,
    ExportedClientProfile ClientProfile,
    ExportedRacket Racket,
    ExportedSide Main,
    ExportedSide Cross,
    string? Method,
    [property: Words("CHF")] string Currency,
    [property: Amount] string? Labour,
    [property: Amount] string? StringsSubtotal,
    [property: Amount] string? Total,
    decimal? DynamicTension,
    string? Comment,
    DateTimeOffset CreatedAt);
