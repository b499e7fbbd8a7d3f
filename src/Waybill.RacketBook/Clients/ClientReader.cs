
namespace Waybill.RacketBook.Clients;

/// <summary>Reads what is asked of a client.</summary>
public static class ClientReader
{
    const int LongestEmail = 320;
    const int LongestNote = 2_000;

    /// <summary>A whole client: it has a name.</summary>
    public static Client ReadNew(Fields fields)
    {
        var client = ReadChange(fields)(new Client { Id = default, Person = new Person { Id = default } });
        if (client.Person.Name.Length == 0 && fields.Faults.All(fault => fault.Field is not ("first_name" or "last_name")))
            fields.Wrong("first_name", "text.needed");
        return client;
    }

    /// <summary>
    /// What becomes of a client: fields that were not sent stay as they are. An address is kept as it was typed, be it one or not.
    /// </summary>
    public static Func<Client, Client> ReadChange(Fields fields)
    {
        var (first, last) = (fields.Line("first_name", Person.LongestName), fields.Line("last_name", Person.LongestName));
        var (email, locale) = (fields.Line("email", LongestEmail), fields.Choice("locale", "en", "de"));
        var (nickname, notes, memo) = (fields.Line("nickname", Person.LongestName), fields.Text("internal_notes", LongestNote),
            fields.Text("tension_memo", LongestNote));
        return client => client with
        {
            Person = client.Person with
            {
                FirstName = fields.Has("first_name") ? first ?? "" : client.Person.FirstName,
                LastName = fields.Has("last_name") ? last ?? "" : client.Person.LastName,
                Email = fields.Has("email") ? email : client.Person.Email,
                Locale = fields.Has("locale") ? locale : client.Person.Locale,
            },
            Nickname = fields.Has("nickname") ? nickname : client.Nickname,
            InternalNotes = fields.Has("internal_notes") ? notes : client.InternalNotes,
            TensionMemo = fields.Has("tension_memo") ? memo : client.TensionMemo,
        };
    }
}
