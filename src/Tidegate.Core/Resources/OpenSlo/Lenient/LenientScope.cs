using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Lenient;

/// <summary>Where lenient reading is in an object, and what it has forgiven.</summary>
internal sealed class LenientScope(FindingList findings)
{
    /// <summary>Code of all it forgives.</summary>
    public const string Forgiven = "forgiven";

    public string Resource { get; set; } = "";

    public KeyPath Path { get; } = new();

    /// <summary>Something that strict reading refuses: what it was, and what it is taken for.</summary>
    public void Forgive(Node node, string message) => findings.Add(new Finding(FindingSeverity.Warning, Forgiven, Resource, Path.ToString(), message, node.Position));

    /// <summary>Something that nobody can guess.</summary>
    public void Refuse(Node node, string code, string message) => findings.Add(new Finding(FindingSeverity.Error, code, Resource, Path.ToString(), message, node.Position));
}
