namespace Waybill.Server.Admin.Brands;

/// <summary>The words that the audit has for what is done with brands.</summary>
internal static class BrandActs
{
    public const string Create = "brand.create";

    public const string Edit = "brand.edit";

    public const string Remove = "brand.remove";
}
