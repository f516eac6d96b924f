using System.Diagnostics.CodeAnalysis;

namespace Tidegate.Core.Resources.Prompts;

/// <summary>What a variable holds.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are the words of JSON Schema.")]
public enum VariableType
{
    /// <summary>A text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>One of <c>values</c>.</summary>
    Enum,

    /// <summary>A list.</summary>
    Array,

    /// <summary>Keys with values of any type.</summary>
    Object,
}
