using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tidegate.Core.Resources.Schema;

/// <summary>Summaries of types and members, from the documentation file the compiler writes.</summary>
internal sealed partial class XmlDescriptions
{
    private readonly Dictionary<string, string> _texts;

    public XmlDescriptions(XDocument documentation) =>
        _texts = documentation.Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!), StringComparer.Ordinal);

    /// <summary>The summary, or null.</summary>
    public string? Of(MemberInfo member) => _texts.GetValueOrDefault(member switch
    {
        Type type => $"T:{type.FullName}",
        PropertyInfo property => $"P:{property.DeclaringType!.FullName}.{property.Name}",
        _ => $"F:{member.DeclaringType!.FullName}.{member.Name}",
    });

    private static string Plain(XElement summary) => Blanks().Replace(string.Concat(summary.Nodes().Select(Plain)), " ").Trim();

    private static string Plain(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        // A reference to a property is a reference to its key.
        XElement { Name.LocalName: "see" } see => $"`{JsonNamingPolicy.CamelCase.ConvertName(see.Attribute("cref")!.Value.Split('.')[^1])}`",
        XElement other => other.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
