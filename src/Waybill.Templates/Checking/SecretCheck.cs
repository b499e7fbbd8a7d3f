using Waybill.Templates.Language;

namespace Waybill.Templates.Checking;

/// <summary>Whether a secret stands only where a person reads it or follows it.</summary>
internal static class SecretCheck
{
    public static void Look(CompiledTemplate template, Problems problems)
    {
        var secrets = template.Source.Variables.Where(variable => variable.IsSecret).Select(variable => variable.Path).ToList();
        foreach (var exposure in template.Exposures)
        {
            if (secrets.Find(exposure.Shows) is { } path) problems.Refuse(exposure.At, exposure.Sentence(path));
        }
    }
}
