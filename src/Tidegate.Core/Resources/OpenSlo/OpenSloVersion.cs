namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>The schemas of OpenSLO (github.com/OpenSLO/OpenSLO).</summary>
public static class OpenSloVersion
{
    /// <summary>The one that documents hold.</summary>
    public const string V1 = "openslo/v1";
}
