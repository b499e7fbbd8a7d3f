using Waybill.Engine.Accounts;
using Waybill.Screens.Framing;
using Waybill.Screens.Texts;

namespace Waybill.Screens.Pages.Access;

/// <summary>The sentences for what can be wrong with a form about an account.</summary>
public static class AccountWords
{
    /// <summary>All of them, beside their fields.</summary>
    public static IReadOnlyList<Fault> Of(PageFrame frame, IReadOnlyList<AccountFault> faults) =>
        [.. faults.Select(fault => new Fault(fault.Field, Of(frame, fault)))];

    static string Of(PageFrame frame, AccountFault fault) =>
        Wording.Of(frame.Locale).Has("fault." + fault.Code) ? frame.T($"fault.{fault.Code}", fault.Detail) : frame.T("fault.other");
}
