using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.Shapes;

/// <summary>Where the binder is and what it has found: one per object.</summary>
internal sealed class BindScope(FindingList findings)
{
    private List<string>? _broken;

    /// <summary>Schema of the object as it is written.</summary>
    public string ApiVersion { get; set; } = "";

    /// <summary>Kind of the object as it is written; null while nothing is known of the object.</summary>
    public string? Kind { get; set; }

    /// <summary>Name of the object as it is written.</summary>
    public string Name { get; set; } = "";

    public KeyPath Path { get; } = new();

    /// <summary>Paths at which something was wrong: rules have nothing sensible to say about them.</summary>
    public IReadOnlyList<string> Broken => _broken ?? [];

    /// <summary>True when nobody will see what else is found; messages need not be made.</summary>
    public bool Full => findings.IsFull;

    /// <summary>The value as a whole could not be read: what stands in its place is of no interest to rules.</summary>
    public void Break() => (_broken ??= []).Add(Path.ToString());

    public void Error(Node node, string code, string message)
    {
        if (Full)
        {
            findings.CountError();
            return;
        }

        var path = Path.ToString();
        (_broken ??= []).Add(path);
        findings.Add(new Finding(FindingSeverity.Error, code, Kind is null ? "" : $"{Echo.Of(ResourceKinds.Word(ApiVersion, Kind))}/{Echo.Of(Name)}", path, message, node.Position));
    }
}
