using Waybill.Engine.Accounts;

namespace Waybill.Screens.Pages.Access;

/// <summary>The sentences for what can be wrong with a form about an account.</summary>
public static class AccountWords
{
    /// <summary>The sentence.</summary>
    public static string Of(AccountFault fault) => fault.Code switch
    {
        "email.wrong" => "This is not an email address.",
        "email.taken" => "Somebody has this address already.",
        "name.missing" => "The name is missing.",
        "name.long" => "The name is longer than 10,000 characters.",
        "name.wrong" => "The name holds a character that cannot be shown.",
        "language.wrong" => "Choose one of the languages.",
        "password.short" => "The password has fewer than 10 characters.",
        "password.long" => "The password has more than 1000 characters.",
        "password.common" => "This password is one of those that are tried first. Choose another.",
        "password.yours" => "Your name or address cannot be the password.",
        "outdated" => "Somebody changed this meanwhile. Load the page again.",
        _ => "This cannot be done.",
    };
}
