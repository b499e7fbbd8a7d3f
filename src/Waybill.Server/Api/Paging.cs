using Waybill.Books.Reading;

namespace Waybill.Server.Api;

/// <summary>Which page of a list a request asks for.</summary>
internal static class Paging
{
    /// <summary>Reads it, or says what is wrong with it.</summary>
    public static (ListPage? Page, ApiError? Error) Read(IQueryCollection query)
    {
        var (page, fault) = ListPage.Read(query);
        return (page, fault?.ToParameterError());
    }
}
