namespace Waybill.Server.Admin.Brands;

/// <summary>The words that the audit has for what is done with brands.</summary>
internal static class BrandActs
{
    public const string Create = "brands.create";

    public const string Edit = "brands.edit";

    public const string Remove = "brands.remove";
}
