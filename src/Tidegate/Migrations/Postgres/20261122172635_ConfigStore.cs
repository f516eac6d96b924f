using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class ConfigStore : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "config_overlays",
                columns: table => new
                {
                    id = table.Column<string>(type: "text", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    evidence = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    patches = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_overlays", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "config_revisions",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    parent = table.Column<long>(type: "bigint", nullable: false),
                    author = table.Column<string>(type: "text", nullable: false),
                    message = table.Column<string>(type: "text", nullable: false),
                    time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    summary = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_config_revisions", x => x.number);
                });

            migrationBuilder.CreateIndex(
                name: "IX_config_overlays_expires_at",
                table: "config_overlays",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "IX_config_overlays_version",
                table: "config_overlays",
                column: "version");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "config_overlays");

            migrationBuilder.DropTable(
                name: "config_revisions");
        }
    }
}
