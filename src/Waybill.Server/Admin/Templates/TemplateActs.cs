namespace Waybill.Server.Admin.Templates;

/// <summary>The words that the audit has for what is done with templates.</summary>
internal static class TemplateActs
{
    public const string Create = "templates.create";

    public const string Edit = "templates.edit";

    public const string Publish = "templates.publish";

    public const string Restore = "templates.restore";

    public const string Review = "templates.review";

    public const string Duplicate = "templates.duplicate";

    public const string Remove = "templates.remove";

    public const string Test = "templates.test";
}
