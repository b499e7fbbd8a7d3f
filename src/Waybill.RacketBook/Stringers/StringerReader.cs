using Waybill.Mime.Addresses;
using Waybill.RacketBook.Orders;

namespace Waybill.RacketBook.Stringers;

/// <summary>Reads what is asked of a stringer.</summary>
public static class StringerReader
{
    const int LongestLine = 100;

    /// <summary>A new one: they have an address to be invited at.</summary>
    public static Stringer ReadNew(Fields fields)
    {
        var email = fields.Line("email", 320);
        if (email is null) fields.Wrong("email", "text.needed");
        else if (!Address.TryParse(email, out _, out var problem)) fields.Wrong("email", "email.odd", problem);
        return ReadChange(fields)(new Stringer { Id = default, Email = email ?? "", Locale = "en", DisplayName = "" });
    }

    /// <summary>What becomes of a stringer: fields that were not sent stay as they are.</summary>
    public static Func<Stringer, Stringer> ReadChange(Fields fields)
    {
        var (name, locale) = (fields.Line("display_name", Stringer.LongestName), fields.Choice("locale", "en", "de"));
        var (address, phone) = (fields.Text("address", 4 * LongestLine), fields.Line("phone", LongestLine));
        // with phone, mail and web it is six, and there is room for no more
        if (address?.Split('\n').Count(line => line.Trim().Length > 0) > 3) fields.Wrong("address", "text.lines", 3);
        var (web, email) = (fields.Line("web", LongestLine), fields.Line("business_email", 320));
        var labour = fields.Number("labour", 0, OrderReader.MostMoney);
        if (email is not null && !Address.TryParse(email, out _, out var problem)) fields.Wrong("business_email", "email.odd", problem);
        return stringer => stringer with
        {
            DisplayName = fields.Has("display_name") ? name ?? "" : stringer.DisplayName,
            Locale = locale ?? stringer.Locale,
            Address = fields.Has("address") ? address : stringer.Address,
            Phone = fields.Has("phone") ? phone : stringer.Phone,
            Web = fields.Has("web") ? web : stringer.Web,
            BusinessEmail = fields.Has("business_email") ? email : stringer.BusinessEmail,
            Labour = labour ?? stringer.Labour,
        };
    }
}
