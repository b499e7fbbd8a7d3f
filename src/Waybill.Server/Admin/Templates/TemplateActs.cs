namespace Waybill.Server.Admin.Templates;

/// <summary>The words that the audit has for what is done with templates.</summary>
internal static class TemplateActs
{
    public const string Create = "template.create";

    public const string Edit = "template.edit";

    public const string Publish = "template.publish";

    public const string Restore = "template.restore";

    public const string Review = "template.review";

    public const string Duplicate = "template.duplicate";

    public const string Remove = "template.remove";

    public const string Test = "template.test";
}
